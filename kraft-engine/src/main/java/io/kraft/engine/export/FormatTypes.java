package io.kraft.engine.export;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;

import io.kraft.engine.journal.CancelCause;
import io.kraft.engine.journal.Failure;
import io.kraft.engine.journal.OperationKind;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.Position;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;

/**
 * How the values in entries are written and read.
 */
final class FormatTypes {

	private FormatTypes() {
	}

	static void addTo(SimpleModule module, PayloadFormat payloads) {
		addText(module, Position.class, Position::toString, FormatTypes::position);
		addText(module, Instant.class, Instant::toString, Instant::parse);
		addText(module, OperationKind.class, OperationKind::label, FormatTypes::kind);
		addText(module, CancelCause.class, (cause) -> cause.name().toLowerCase(Locale.ROOT).replace('_', '-'),
				(text) -> CancelCause.valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_')));
		addNode(module, Payload.class, payloads::toNode, payloads::fromNode);
		addNode(module, Outcome.class, (outcome) -> toNode(outcome, payloads), (node) -> outcome(node, payloads));
	}

	private static Position position(String text) {
		return text.isEmpty() ? Position.ROOT
				: Position.of(Arrays.stream(text.split("\\.", -1)).mapToInt(Integer::parseInt).toArray());
	}

	private static OperationKind kind(String label) {
		return Arrays.stream(OperationKind.values())
			.filter((kind) -> kind.label().equals(label))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("unknown kind of operation '" + label + "'"));
	}

	private static JsonNode toNode(Outcome outcome, PayloadFormat payloads) {
		ObjectNode node = ExactJson.MAPPER.createObjectNode();
		switch (outcome) {
			case Outcome.Success(Payload value) -> node.set("value", payloads.toNode(value));
			case Outcome.Failed(Failure failure) -> node.set("failure", ExactJson.MAPPER.valueToTree(failure));
		}
		return node;
	}

	private static Outcome outcome(JsonNode node, PayloadFormat payloads) {
		JsonNode value = node.get("value");
		return (value != null) ? new Outcome.Success(payloads.fromNode(value))
				: new Outcome.Failed(ExactJson.MAPPER.treeToValue(node.path("failure"), Failure.class));
	}

	private static <T> void addText(SimpleModule module, Class<T> type, Function<T, String> write,
			Function<String, T> read) {
		addNode(module, type, (value) -> ExactJson.MAPPER.getNodeFactory().stringNode(write.apply(value)),
				(node) -> read.apply(node.asString()));
	}

	private static <T> void addNode(SimpleModule module, Class<T> type, Write<T> write, Read<T> read) {
		module.addSerializer(type, new ValueSerializer<T>() {

			@Override
			public void serialize(T value, JsonGenerator generator, SerializationContext context) {
				generator.writeTree(write.toNode(value));
			}

		});
		module.addDeserializer(type, new ValueDeserializer<T>() {

			@Override
			public T deserialize(JsonParser parser, DeserializationContext context) {
				return read.fromNode(context.readTree(parser));
			}

			@Override
			public T getNullValue(DeserializationContext context) {
				// The value null of the application, which is not the lack of one.
				return read.fromNode(ExactJson.MAPPER.getNodeFactory().nullNode());
			}

			@Override
			public @Nullable Object getAbsentValue(DeserializationContext context) {
				return null;
			}

		});
	}

	@FunctionalInterface
	private interface Write<T> {

		JsonNode toNode(T value);

	}

	@FunctionalInterface
	private interface Read<T> {

		T fromNode(JsonNode node);

	}

}
