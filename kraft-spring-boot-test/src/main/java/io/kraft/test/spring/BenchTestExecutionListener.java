package io.kraft.test.spring;

import io.kraft.test.AutoConfigureKraftTest;
import io.kraft.test.bench.Bench;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.support.AbstractTestExecutionListener;

/**
 * Gives each test method the bench as if it were new, and clears it afterwards.
 */
final class BenchTestExecutionListener extends AbstractTestExecutionListener {

	private static final String ON_BENCH = BenchTestExecutionListener.class.getName() + ".onBench";

	/** Before transactions begin, and after they have ended: steps have their own. */
	@Override
	public int getOrder() {
		return 3900;
	}

	@Override
	public void beforeTestMethod(TestContext context) throws InterruptedException {
		if (TestContextAnnotationUtils.hasAnnotation(context.getTestClass(), AutoConfigureKraftTest.class)) {
			ObjectProvider<Bench> bench = context.getApplicationContext().getBeanProvider(Bench.class);
			bench.getObject().begin(context.getTestClass().getName() + "." + context.getTestMethod().getName());
			context.setAttribute(ON_BENCH, bench.getObject());
		}
	}

	@Override
	public void afterTestMethod(TestContext context) {
		if (context.removeAttribute(ON_BENCH) instanceof Bench bench) {
			bench.end();
		}
	}

}
