package io.kraft.engine.journal.json;

import java.lang.reflect.Type;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.kraft.engine.KraftEngine;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.NamedStep;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.store.memory.MemoryMedium;
import io.kraft.workflow.InvalidDefinitionException;
import io.kraft.workflow.PayloadSerializationException;
import io.kraft.workflow.TypeRef;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * No data decides which class is loaded, which name server is asked, or which file system
 * is looked for.
 */
class ActiveTypeTests {

	private final JacksonPayloads payloads = new JacksonPayloads(JacksonPayloads.defaultMapper(), List.of(), 1_000_000);

	static List<Arguments> active() throws Exception {
		InetAddress address = InetAddress.getByAddress(new byte[] { 127, 0, 0, 1 });
		URL url = URI.create("https://host.invalid/a").toURL();
		String class0 = "\"" + Loaded.class.getName() + "\"";
		return List.of(arguments(String.class, new TypeRef<Class<?>>() {
		}.type(), class0, "$"), arguments(url, URL.class, "\"https://host.invalid\"", "$"),
				arguments(address, InetAddress.class, "\"host.invalid\"", "$"),
				arguments(address, Inet4Address.class, "\"host.invalid\"", "$"),
				arguments(new InetSocketAddress(address, 1), InetSocketAddress.class, "\"host.invalid:1\"", "$"),
				arguments(Path.of("a"), Path.class, "\"strange:/a\"", "$"),
				arguments(new Link("x", url), Link.class, "{\"name\":\"x\",\"url\":\"https://host.invalid\"}", "$.url"),
				arguments(List.of(new Link("x", url)), new TypeRef<List<Link>>() {
				}.type(), "[{\"name\":\"x\",\"url\":\"https://host.invalid\"}]", "$[].url"),
				arguments(Set.of(address), new TypeRef<Set<InetAddress>>() {
				}.type(), "[\"host.invalid\"]", "$[]"),
				arguments(new Path[] { Path.of("a") }, Path[].class, "[\"strange:/a\"]", "$[]"),
				arguments(Optional.of(Path.of("a")), new TypeRef<Optional<Path>>() {
				}.type(), "\"strange:/a\"", "$[]"),
				arguments(Map.of("a", String.class), new TypeRef<Map<String, Class<?>>>() {
				}.type(), "{\"a\":" + class0 + "}", "$[]"), arguments(Map.of(url, 1), new TypeRef<Map<URL, Integer>>() {
				}.type(), "{\"https://host.invalid\":1}", "$"),
				arguments(Map.of(String.class, 1), new TypeRef<Map<Class<?>, Integer>>() {
				}.type(), "{" + class0 + ":1}", "$"),
				arguments(new Member("x"), Named.class, "{\"@class\":" + class0 + "}", "$"),
				arguments(new Holder(new Member("x")), Holder.class, "{\"any\":{\"@class\":" + class0 + "}}", "$"));
	}

	@ParameterizedTest
	@MethodSource("active")
	void areNeitherWrittenNorRead(Object value, Type type, String json, String path) {
		assertThatExceptionOfType(PayloadSerializationException.class)
			.isThrownBy(() -> this.payloads.write(value, type, "the value"))
			.withMessageStartingWith("KRAFT-1004")
			.withMessageContaining("is no type of a payload");
		assertThatExceptionOfType(PayloadSerializationException.class).isThrownBy(
				() -> this.payloads.read(Payload.json(json.getBytes(StandardCharsets.UTF_8)), type, "the value"));
		assertThat(Flag.raised).isFalse();
	}

	@ParameterizedTest
	@MethodSource("active")
	void areWrittenByNoDeclarationAtAll(Object value) {
		assertThatExceptionOfType(PayloadSerializationException.class)
			.isThrownBy(() -> this.payloads.write(value, Object.class, "the value"));
	}

	@ParameterizedTest
	@MethodSource("active")
	void areRefusedAtTheStartWithTheirPlace(Object value, Type type, String json, String path) {
		WorkflowDefinition takes = WorkflowDefinition.of("takes", MethodSignature.of(void.class, String.class, type),
				(arguments) -> null);
		WorkflowDefinition gives = WorkflowDefinition.of("gives", MethodSignature.of(type), (arguments) -> null);
		StepDefinition step = StepDefinition.of("step", MethodSignature.of(type), RetryPolicy.defaults());

		assertThatExceptionOfType(InvalidDefinitionException.class).isThrownBy(() -> build(takes, null))
			.withMessageStartingWith(
					"KRAFT-1003: workflow 'takes', parameter 2 (" + type.getTypeName() + ") at " + path + ": ")
			.withMessageContaining("is no type of a payload");
		assertThatExceptionOfType(InvalidDefinitionException.class).isThrownBy(() -> build(gives, null))
			.withMessageContaining("workflow 'gives', the result");
		assertThatExceptionOfType(InvalidDefinitionException.class)
			.isThrownBy(() -> build(null, new NamedStep(step, "a test", (arguments) -> null)))
			.withMessageContaining("step 'step', the result");
		assertThat(Flag.raised).isFalse();
	}

	@Test
	void aUriAndAFileAreTextsOnly() {
		build(WorkflowDefinition.of("plain", MethodSignature.of(URI.class, java.io.File.class), (arguments) -> null),
				null);
	}

	@Test
	void namesThatAreNoneAreRefusedAtTheStart() {
		assertThatExceptionOfType(InvalidDefinitionException.class)
			.isThrownBy(() -> build(
					WorkflowDefinition.of("a\u202eb", MethodSignature.of(void.class), (arguments) -> null), null))
			.withMessageContaining("The name of a workflow has no control characters")
			.withMessageContaining("'a\\u202Eb'");
	}

	private static void build(@Nullable WorkflowDefinition workflow, @Nullable NamedStep step) {
		KraftEngine.builder()
			.store(() -> new MemoryMedium().open())
			.workflows((workflow != null) ? List.of(workflow) : List.of())
			.steps((step != null) ? List.of(step) : List.of())
			.build();
	}

	record Link(String name, URL url) {
	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
	interface Named {

		String name();

	}

	record Member(String name) implements Named {
	}

	record Holder(@JsonTypeInfo(use = JsonTypeInfo.Id.MINIMAL_CLASS) Object any) {
	}

	/** Notes that it was loaded. */
	static final class Flag {

		static volatile boolean raised;

		private Flag() {
		}

	}

	static final class Loaded {

		static {
			Flag.raised = true;
		}

		private Loaded() {
		}

	}

}
