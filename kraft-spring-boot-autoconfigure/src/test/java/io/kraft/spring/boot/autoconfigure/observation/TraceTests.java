package io.kraft.spring.boot.autoconfigure.observation;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.workflow.Step;
import io.kraft.workflow.Workflow;
import io.kraft.workflow.WorkflowContext;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/**
 * The steps of a run belong to the trace that started it, by OpenTelemetry, also in
 * another life of the application.
 */
class TraceTests {

	private static final List<SpanData> spans = new CopyOnWriteArrayList<>();

	@TempDir
	private Path directory;

	@Test
	void aStepAfterARestartBelongsToTheTraceThatStartedTheRun() {
		spans.clear();
		String trace;
		try (ConfigurableApplicationContext application = application()) {
			trace = startInASpan(application);
			await().until(() -> application.getBean(WorkflowClient.class)
				.handle("order-1")
				.status() == WorkflowStatus.SUSPENDED);
		}
		try (ConfigurableApplicationContext application = application()) {
			WorkflowHandle<?> run = application.getBean(WorkflowClient.class).handle("order-1");
			run.signal("go", "on");
			run.result(Duration.ofSeconds(30));
		}

		assertThat(spans).filteredOn((span) -> span.getName().startsWith("step "))
			.extracting(SpanData::getName, SpanData::getTraceId)
			.containsExactlyInAnyOrder(tuple("step charge", trace), tuple("step ship", trace));
		assertThat(spans).filteredOn((span) -> span.getName().equals("workflow order"))
			.hasSizeGreaterThanOrEqualTo(2)
			.allSatisfy((span) -> assertThat(span.getTraceId()).isEqualTo(trace));
	}

	@Test
	void aStepsSpanIsBelowThatOfItsRunAndItsLogLinesCarryTheTrace() {
		spans.clear();
		try (ConfigurableApplicationContext application = application()) {
			String trace = startInASpan(application);
			WorkflowHandle<?> run = application.getBean(WorkflowClient.class).handle("order-1");
			run.signal("go", "on");
			run.result(Duration.ofSeconds(30));

			assertThat(application.getBean(Orders.class).traceInLog()).isEqualTo(trace);
		}

		SpanData charge = span("step charge");
		assertThat(spans).filteredOn((span) -> span.getName().equals("workflow order"))
			.extracting(SpanData::getSpanId)
			.contains(charge.getParentSpanId());
		assertThat(charge.getAttributes().asMap().toString()).contains("order-1");
	}

	private static SpanData span(String name) {
		return spans.stream().filter((span) -> span.getName().equals(name)).findFirst().orElseThrow();
	}

	private static String startInASpan(ConfigurableApplicationContext application) {
		Tracer tracer = application.getBean(Tracer.class);
		Orders orders = application.getBean(Orders.class);
		Span span = tracer.nextSpan().name("request").start();
		Tracer.SpanInScope scope = tracer.withSpan(span);
		application.getBean(WorkflowClient.class).start(() -> orders.process("1"));
		scope.close();
		span.end();
		return span.context().traceId();
	}

	private ConfigurableApplicationContext application() {
		return new SpringApplicationBuilder(TracedApplication.class)
			.properties("kraft.storage.path=" + this.directory, "kraft.engine.max-parked-workflows=0",
					"management.tracing.sampling.probability=1.0", "management.tracing.export.otlp.enabled=false",
					"spring.main.banner-mode=off")
			.run("--spring.main.web-application-type=none");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class TracedApplication {

		@Bean
		SpanExporter exporter() {
			return new Exporter();
		}

		@Bean
		Orders orders() {
			return new Orders();
		}

	}

	/** Keeps what is exported. */
	private static final class Exporter implements SpanExporter {

		@Override
		public CompletableResultCode export(Collection<SpanData> exported) {
			spans.addAll(exported);
			return CompletableResultCode.ofSuccess();
		}

		@Override
		public CompletableResultCode flush() {
			return CompletableResultCode.ofSuccess();
		}

		@Override
		public CompletableResultCode shutdown() {
			return CompletableResultCode.ofSuccess();
		}

	}

	static class Orders {

		private volatile String traceInLog = "";

		@Workflow(name = "order", id = "'order-' + #id")
		public String process(String id) {
			WorkflowContext workflow = WorkflowContext.current();
			workflow.call("charge", String.class, id);
			workflow.awaitSignal("go", String.class);
			return workflow.call("ship", String.class, id);
		}

		@Step(name = "charge")
		public String charge(String id) {
			this.traceInLog = String.valueOf(MDC.get("traceId"));
			return "charged " + id;
		}

		public String traceInLog() {
			return this.traceInLog;
		}

		@Step(name = "ship")
		public String ship(String id) {
			return "shipped " + id;
		}

	}

}
