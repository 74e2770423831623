package io.kraft.test.shop.tests;

import java.util.concurrent.TimeUnit;

import io.kraft.test.shop.ShopApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

/**
 * Tests in parallel: those that share a context take turns, others do not wait for each
 * other; and contexts are shared by what they are made of.
 */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class ParallelTests {

	@Test
	void testsInParallelDoNotDisturbEachOtherAndShareContexts() {
		int contexts = ShopApplication.CONTEXTS.get();
		LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
			.selectors(selectClass(ParallelCases.First.class), selectClass(ParallelCases.SecondInTheSameContext.class),
					selectClass(ParallelCases.InAContextOfItsOwn.class))
			.configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
			.configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
			.configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
			.configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "8")
			.build();
		SummaryGeneratingListener listener = new SummaryGeneratingListener();

		LauncherFactory.create().execute(request, listener);

		TestExecutionSummary summary = listener.getSummary();
		assertThat(summary.getFailures()).extracting(TestExecutionSummary.Failure::getException).isEmpty();
		assertThat(summary.getTestsSucceededCount()).isEqualTo(17);
		assertThat(ShopApplication.CONTEXTS.get() - contexts).isEqualTo(2);
	}

}
