package io.kraft.spring.boot.autoconfigure.definition;

import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import io.kraft.spring.boot.autoconfigure.KraftAutoConfiguration;
import io.kraft.workflow.ErrorDocs;
import io.kraft.workflow.Step;
import io.kraft.workflow.Workflow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the start tells of the values of durable methods.
 */
@ExtendWith(OutputCaptureExtension.class)
class ValueTypeReportTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KraftAutoConfiguration.class))
		.withPropertyValues("kraft.storage.type=memory");

	@Test
	void everythingIsInOneReport(CapturedOutput output) {
		this.runner.withBean(Suspicious.class).run((context) -> {
			assertThat(context).hasNotFailed();
			List<String> findings = context.getBean(ValueTypeReport.class).findings();
			assertThat(findings).hasSize(8)
				.allMatch((finding) -> finding.contains(Suspicious.class.getName() + "."))
				.anySatisfy((finding) -> assertThat(finding)
					.contains("lossy(Object), parameter 1 (java.lang.Object) at $: ")
					.contains("may come back from the journal as another type"))
				.anySatisfy((finding) -> assertThat(finding)
					.contains("lossy(Object), the result (java.util.List<?>) at $[]: ")
					.contains("may come back from the journal as another type"))
				.anySatisfy((finding) -> assertThat(finding).contains(
						"open(Runnable), parameter 1 (java.lang.Runnable) at $: java.lang.Runnable does not determine"))
				.anySatisfy((finding) -> assertThat(finding)
					.contains("open(Runnable), the result (java.util.concurrent.locks.Lock) at $: "))
				.anySatisfy((finding) -> assertThat(finding).contains("keys(Map), parameter 1 (")
					.contains("in place of the map"))
				.anySatisfy((finding) -> assertThat(finding).contains("locked(), the result (")
					.contains("at $.lock: ")
					.contains("ReentrantLock is not data"))
				.anySatisfy((finding) -> assertThat(finding).contains("closed(), the result (")
					.contains("has no constructor"))
				.anySatisfy((finding) -> assertThat(finding)
					.contains("declares(), " + Declined.class.getName() + ": it cannot be restored"));
			assertThat(output.getOut().split("Values that may not survive the journal", -1)).hasSize(2);
			assertThat(output).contains("\n8. Bean '")
				.contains("See " + ErrorDocs.page("guide/programming-model.md#values"));
		});
	}

	@Test
	void whatSurvivesIsNotReported(CapturedOutput output) {
		this.runner.withBean(Fine.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(ValueTypeReport.class).findings()).isEmpty();
			assertThat(output).doesNotContain("Values that may not survive");
		});
	}

	record Order(String id, int count) {
	}

	record Locked(ReentrantLock lock) {
	}

	sealed interface Shape {

	}

	record Circle(double radius) implements Shape {
	}

	static final class Closed {

		private final int count;

		Closed(int count, String name) {
			this.count = count + name.length();
		}

		public int getCount() {
			return this.count;
		}

	}

	static final class Declined extends Exception {

		private static final long serialVersionUID = 1L;

		Declined(int code) {
			super("code " + code);
		}

	}

	static final class Restored extends Exception {

		private static final long serialVersionUID = 1L;

		Restored(String message) {
			super(message);
		}

	}

	static class Suspicious {

		@Workflow
		List<?> lossy(Object what) {
			return List.of();
		}

		@Step
		void keys(Map<Order, Integer> prices) {
		}

		@Step
		Lock open(Runnable what) {
			return new ReentrantLock();
		}

		@Step
		CompletableFuture<Locked> locked() {
			return new CompletableFuture<>();
		}

		@Workflow
		Closed closed() {
			return new Closed(1, "");
		}

		@Step
		void declares() throws Declined {
			throw new Declined(1);
		}

	}

	static class Fine {

		@Workflow
		List<Shape> fine(Map<String, Shape[]> shapes, long number, Duration duration) throws Restored {
			throw new Restored("x");
		}

		@Step
		File wildcards(List<? extends Order> orders) {
			return new File("orders");
		}

		@Step
		Mono<Order> mono(Order order) {
			return Mono.just(order);
		}

		@Step
		void nothing() throws Exception {
		}

	}

}
