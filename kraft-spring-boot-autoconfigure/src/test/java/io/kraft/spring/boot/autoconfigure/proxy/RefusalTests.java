package io.kraft.spring.boot.autoconfigure.proxy;

import java.io.InputStream;
import java.util.Iterator;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import io.kraft.spring.boot.autoconfigure.definition.HiddenSteps;
import io.kraft.spring.boot.autoconfigure.definition.SharedSteps;
import io.kraft.workflow.ErrorDocs;
import io.kraft.workflow.InvalidDefinitionException;
import io.kraft.workflow.Retry;
import io.kraft.workflow.Step;
import io.kraft.workflow.Workflow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What cannot be durable fails the start, with its place and its cure.
 */
class RefusalTests {

	static Stream<Arguments> wrongDefinitions() {
		return Stream.of(wrong(PrivateStep.class, "step()", "The method is private", "visibility"),
				wrong(FinalStep.class, "step()", "The method is final", "Remove 'final'"),
				wrong(StaticStep.class, "step()", "The method is static", "instance method"),
				wrong(FinalClass.class, "FinalClass", "The class is final", "declare the methods in an interface"),
				wrong(RecordBean.class, "RecordBean", "The class is a record", "declare the methods in an interface"),
				wrong(SealedBean.class, "SealedBean", "The class is sealed", "declare the methods in an interface"),
				wrong(Closed.class, "Closed", "has only private constructors", "ordinary class"),
				wrong(StreamResult.class, "step()", "The result is a Stream", "such as a List"),
				wrong(InputStreamResult.class, "step()", "The result is an InputStream", "byte[]"),
				wrong(IteratorResult.class, "step()", "The result is an Iterator", "such as a List"),
				wrong(FutureResult.class, "step()", "The result is a Future", "CompletionStage"),
				wrong(StreamParameter.class, "run(Stream)", "A parameter is a Stream", "such as a List"),
				wrong(Both.class, "both()", "both @Workflow and @Step", "Decide for one"),
				wrong(SameName.class, "two()", "'same' version 1 is defined more than once", "another name or version"),
				wrong(BadTimeout.class, "step()", "The timeout \"soon\" is not a duration", "\"30s\""),
				wrong(ZeroTimeout.class, "step()", "The timeout is more than 0", "Leave it out"),
				wrong(BadRunTimeout.class, "run()", "The timeout \"soon\" is not a duration", "\"30s\""),
				wrong(ZeroRunTimeout.class, "run()", "The timeout is more than 0, but is \"0s\"", "Leave it out"),
				wrong(BadRetention.class, "run()", "The retention is at least 0, but is \"-1s\"", "\"7d\""),
				wrong(BadAttempts.class, "step()", "The retry.maxAttempts is at least 1, but is 0", "within the bound"),
				wrong(BadMultiplier.class, "step()", "The retry.multiplier is at least 1, but is 0.5", "bound"),
				wrong(BadJitter.class, "step()", "The retry.jitter is 0 to 1, but is 2.0", "bound"),
				wrong(BadDelay.class, "step()", "The retry.initialDelay \"x\" is not a duration", "\"200ms\""),
				wrong(BadVersion.class, "run()", "The version is at least 1, but is 0", "bound"),
				wrong(BlankName.class, "step()", "The name is blank", "'BlankName.step'"),
				wrong(BadSpel.class, "run(String)", "The id \"#order.\" is not a SpEL expression", "#order.id"),
				wrong(UnknownVariable.class, "run(String)", "uses #ordre, which is not a parameter",
						"Use one of #order."),
				wrong(RequestScoped.class, "run()", "The bean has request scope", "singleton or prototype"),
				wrong(HiddenStep.class, "hidden()", "package visibility in another package", "protected or public"),
				wrong(SuperCall.class, "step()", "called on 'super' in RefusalTests.SuperCall.run",
						"Call it on 'this'"),
				wrong(MissingCompensation.class, "step(String)",
						"The compensation \"undo\" is not a method of the bean's class.",
						"Add a method 'undo' that takes (String, Integer) or (String) or (Integer) or nothing"),
				wrong(HiddenCompensation.class, "step()", "The compensation \"hiddenUndo\" is not a method",
						"Add a method"),
				wrong(UnfitCompensation.class, "step(String)",
						"The compensation \"undo\" takes (Long), which does not match what the step provides.",
						"Let it take (String, Integer) or (String) or (Integer) or nothing."),
				wrong(GuessedCompensation.class, "step(String)",
						"The compensation \"undo\" takes (String), which may be the argument of the step or its result.",
						"Let it take both, as (String, String): the argument, then the result."),
				wrong(EqualCompensations.class, "step(String)",
						"The compensation \"undo\" may be the method with (Integer) or (String).",
						"Let one of them take (String, Integer), or give one of them another name."),
				wrong(CompensatedCompensation.class, "step()",
						"The compensation \"undo\" is a step that has a compensation itself, \"redo\".",
						"Annotate it with a @Step that has none"),
				wrong(OwnCompensation.class, "step()",
						"The compensation \"step\" is a step that has a compensation itself, \"step\".",
						"Annotate it with a @Step that has none"),
				wrong(WorkflowCompensation.class, "step()", "The compensation \"undo\" is a workflow.",
						"Name a step or a plain method"),
				wrong(StreamCompensation.class, "step()",
						"The compensation \"undo\" cannot be a step. The result is a Stream", "such as a List"),
				wrong(FinalStepCompensation.class, "undo()", "The method is final", "Remove 'final'"));
	}

	private static Arguments wrong(Class<?> type, String place, String fault, String cure) {
		return Arguments.of(type, place, fault, cure);
	}

	@ParameterizedTest
	@MethodSource("wrongDefinitions")
	void aWrongDefinitionFailsTheStartWithItsCure(Class<?> type, String place, String fault, String cure) {
		InvalidDefinitionException failure = failure(type);

		assertThat(failure).hasMessageStartingWith("KRAFT-1003: ")
			.hasMessageContaining("1. Bean 'refusalTests." + type.getSimpleName() + "', " + type.getName())
			.hasMessageContaining(place + ": ")
			.hasMessageContaining(fault)
			.hasMessageContaining(" Fix: ")
			.hasMessageContaining(cure)
			.hasMessageEndingWith("See " + ErrorDocs.section("KRAFT-1003"));
	}

	@Test
	void oneReportListsAllProblemsInOrder() {
		InvalidDefinitionException failure = failure(StaticStep.class, FinalStep.class, Both.class, RecordBean.class);

		assertThat(failure).hasMessageStartingWith("KRAFT-1003: 4 problems keep workflows and steps")
			.hasMessageContainingAll("1. Bean 'refusalTests.Both'", "2. Bean 'refusalTests.FinalStep'",
					"3. Bean 'refusalTests.RecordBean'", "4. Bean 'refusalTests.StaticStep'");
	}

	@Test
	void theFailureAnalyzerShowsTheReport() {
		FailureAnalysis analysis = SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, FailureHandler.handleMessage((message, failure) -> {
			}))
			.stream()
			.filter((analyzer) -> analyzer.getClass().getPackageName().startsWith("io.kraft"))
			.map((analyzer) -> analyzer.analyze(new IllegalStateException(failure(FinalStep.class))))
			.filter((found) -> found != null)
			.findFirst()
			.orElseThrow();

		assertThat(analysis.getDescription()).contains("refusalTests.FinalStep", "Remove 'final'");
		assertThat(analysis.getAction()).startsWith("Apply the fix");
	}

	@Test
	void aFinalClassWithItsMethodsInAnInterfaceIsFine() {
		try (TestContext context = TestContext.of(FinalImplementation.class)) {
			context.bean(Api.class).step();

			assertThat(context.events()).containsExactly("step FinalImplementation.step[]");
		}
	}

	@Test
	void aBeanMadeTooEarlyIsRefused() {
		assertThat(failure(EagerPostProcessor.class)).hasMessageContaining("Bean 'early'")
			.hasMessageContaining("The bean was made too early")
			.hasMessageContaining("ObjectProvider");
	}

	@Test
	void aFrozenProxyIsRefused() {
		assertThat(failure(Frozen.class)).hasMessageContaining("Bean 'frozen'")
			.hasMessageContaining("The bean has a proxy that is frozen");
	}

	@Test
	void anOpaqueProxyIsRefused() {
		assertThat(failure(Opaque.class)).hasMessageContaining("The bean has a proxy that is opaque");
	}

	@Test
	void aMethodOutsideOfTheProxysInterfacesIsRefused() {
		assertThat(failure(InterfacesOnly.class)).hasMessageContaining("hidden()")
			.hasMessageContaining("The bean's proxy has only the bean's interfaces")
			.hasMessageContaining("spring.aop.proxy-target-class=true");
	}

	@Test
	void aWorkflowThatTheDefinitionDoesNotShowIsRefused() {
		assertThat(failure(HiddenWorkflow.class)).hasMessageContaining("Bean 'hidden'")
			.hasMessageContaining("does not show that it has this workflow")
			.hasMessageContaining("declare the class WorkflowBean as its return type");
	}

	@Test
	void aCompensationThatTheObjectDoesNotHaveIsRefusedWhenItIsMade() {
		assertThat(failure(WithoutCompensation.class)).hasMessageContaining("Bean 'undoable'")
			.hasMessageContaining("The compensation \"undo\" is not a method of the bean's class.");
	}

	private static InvalidDefinitionException failure(Class<?>... types) {
		Throwable failure = catchThrowable(() -> TestContext.of(types).close());
		while (failure != null && !(failure instanceof InvalidDefinitionException)) {
			failure = failure.getCause();
		}
		assertThat(failure).isNotNull();
		return (InvalidDefinitionException) failure;
	}

	static class PrivateStep {

		@Step
		@SuppressWarnings({ "unused", "UnusedMethod" })
		private void step() {
		}

	}

	static class FinalStep {

		@Step
		final void step() {
		}

	}

	static class StaticStep {

		@Step
		static void step() {
		}

	}

	static final class FinalClass {

		@Step
		public void step() {
		}

	}

	record RecordBean() {

		@Step
		public void step() {
		}

	}

	static sealed class SealedBean permits Permitted {

		@Step
		public void step() {
		}

	}

	static final class Permitted extends SealedBean {

	}

	static class Closed {

		private Closed() {
		}

		@Step
		public void step() {
		}

	}

	static class StreamResult {

		@Step
		Stream<String> step() {
			return Stream.of();
		}

	}

	static class InputStreamResult {

		@Step
		InputStream step() {
			return InputStream.nullInputStream();
		}

	}

	static class IteratorResult {

		@Step
		Iterator<String> step() {
			return java.util.List.<String>of().iterator();
		}

	}

	static class FutureResult {

		@Step
		Future<String> step() {
			return java.util.concurrent.CompletableFuture.completedFuture("");
		}

	}

	static class StreamParameter {

		@Workflow
		void run(Stream<String> lines) {
		}

	}

	static class Both {

		@Step
		@Workflow
		void both() {
		}

	}

	static class SameName {

		@Workflow(name = "same", version = 2)
		void three() {
		}

		@Workflow(name = "same")
		void one() {
		}

		@Workflow(name = "same")
		void two() {
		}

	}

	static class BadTimeout {

		@Step(timeout = "soon")
		void step() {
		}

	}

	static class ZeroTimeout {

		@Step(timeout = "0s")
		void step() {
		}

	}

	static class BadRunTimeout {

		@Workflow(timeout = "soon")
		void run() {
		}

	}

	static class ZeroRunTimeout {

		@Workflow(timeout = "0s")
		void run() {
		}

	}

	static class BadRetention {

		@Workflow(retention = "-1s")
		void run() {
		}

	}

	static class BadAttempts {

		@Step(retry = @Retry(maxAttempts = 0))
		void step() {
		}

	}

	static class BadMultiplier {

		@Step(retry = @Retry(multiplier = 0.5))
		void step() {
		}

	}

	static class BadJitter {

		@Step(retry = @Retry(jitter = 2))
		void step() {
		}

	}

	static class BadDelay {

		@Step(retry = @Retry(initialDelay = "x"))
		void step() {
		}

	}

	static class BadVersion {

		@Workflow(version = 0)
		void run() {
		}

	}

	static class BlankName {

		@Step(name = "  ")
		void step() {
		}

	}

	static class BadSpel {

		@Workflow(id = "#order.")
		void run(String order) {
		}

	}

	static class UnknownVariable {

		@Workflow(id = "#ordre.length()")
		void run(String order) {
		}

	}

	@Scope("request")
	static class RequestScoped {

		@Workflow
		void run() {
		}

	}

	static class HiddenStep extends HiddenSteps {

	}

	static class WithStep {

		@Step
		void step() {
		}

	}

	static class SuperCall extends WithStep {

		void run() {
			super.step();
		}

	}

	static class MissingCompensation {

		@Step(compensation = "undo")
		Integer step(String text) {
			return 0;
		}

	}

	static class HiddenCompensation extends SharedSteps {

		@Step(compensation = "hiddenUndo")
		void step() {
		}

	}

	static class UnfitCompensation {

		@Step(compensation = "undo")
		Integer step(String text) {
			return 0;
		}

		void undo(Long number) {
		}

	}

	static class GuessedCompensation {

		@Step(compensation = "undo")
		String step(String text) {
			return "";
		}

		void undo(String text) {
		}

	}

	static class EqualCompensations {

		@Step(compensation = "undo")
		Integer step(String text) {
			return 0;
		}

		void undo(String text) {
		}

		void undo(Integer number) {
		}

	}

	static class CompensatedCompensation {

		@Step(compensation = "undo")
		void step() {
		}

		@Step(compensation = "redo")
		void undo() {
		}

		void redo() {
		}

	}

	static class OwnCompensation {

		@Step(compensation = "step")
		void step() {
		}

	}

	static class WorkflowCompensation {

		@Step(compensation = "undo")
		void step() {
		}

		@Workflow
		void undo() {
		}

	}

	static class StreamCompensation {

		@Step(compensation = "undo")
		void step() {
		}

		Stream<String> undo() {
			return Stream.of();
		}

	}

	static class FinalStepCompensation {

		@Step(compensation = "undo")
		void step() {
		}

		@Step
		final void undo() {
		}

	}

	interface Api {

		void step();

	}

	static final class FinalImplementation implements Api {

		@Override
		@Step
		public void step() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class EagerPostProcessor {

		@Bean
		static BeanPostProcessor eager(WithStep early) {
			return new BeanPostProcessor() {
			};
		}

		@Bean
		static WithStep early() {
			return new WithStep();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Frozen {

		@Bean
		static WithStep frozen() {
			ProxyFactory factory = new ProxyFactory(new WithStep());
			factory.setProxyTargetClass(true);
			factory.setFrozen(true);
			return (WithStep) factory.getProxy();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Opaque {

		@Bean
		static WithStep opaque() {
			ProxyFactory factory = new ProxyFactory(new WithStep());
			factory.setProxyTargetClass(true);
			factory.setOpaque(true);
			return (WithStep) factory.getProxy();
		}

	}

	static class TwoSteps implements Api {

		@Override
		@Step
		public void step() {
		}

		@Step
		public void hidden() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class InterfacesOnly {

		@Bean
		static Api interfacesOnly() {
			return (Api) new ProxyFactory(new TwoSteps()).getProxy();
		}

	}

	static class WorkflowBean implements Api {

		@Override
		public void step() {
		}

		@Workflow
		public void run() {
		}

	}

	interface Undoable {

		@Step(compensation = "undo")
		void step();

	}

	@Configuration(proxyBeanMethods = false)
	static class WithoutCompensation {

		@Bean
		static Undoable undoable() {
			return () -> {
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class HiddenWorkflow {

		@Bean
		static Api hidden() {
			return new WorkflowBean();
		}

	}

}
