package io.kraft.cluster.management;

import java.util.Map;
import java.util.stream.Collectors;

import io.kraft.cluster.membership.MemberId;
import io.kraft.cluster.transport.RefusedFrameException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;

/**
 * The table and its commands as JSON, in the log, in snapshots and between nodes. Read
 * strictly: an unknown, missing or repeated field, another type, or what follows the end
 * is refused as a whole, and so is another version.
 */
public final class ClusterJson {

	private static final int VERSION = 1;

	private static final int MAX_BYTES = 8 << 20;

	private static final int MAX_DEPTH = 20;

	private static final int MAX_CHARACTERS = 1000;

	private static final String VERSION_FIELD = "v";

	private static final String TYPE_FIELD = "type";

	private static final String TABLE = "table";

	/** Names in the log, which are not those of classes. */
	private static final Map<String, Class<? extends ClusterCommand>> COMMANDS = Map.ofEntries(
			Map.entry("formed", ClusterCommand.Formed.class), Map.entry("joined", ClusterCommand.MemberJoined.class),
			Map.entry("draining", ClusterCommand.MemberDraining.class),
			Map.entry("leaving", ClusterCommand.MemberLeaving.class),
			Map.entry("removed", ClusterCommand.MemberRemoved.class),
			Map.entry("move-begun", ClusterCommand.MoveBegun.class),
			Map.entry("move-done", ClusterCommand.MoveDone.class),
			Map.entry("move-failed", ClusterCommand.MoveFailed.class),
			Map.entry("dropped", ClusterCommand.ReplicaDropped.class),
			Map.entry("recovered", ClusterCommand.PartitionRecovered.class),
			Map.entry("voters", ClusterCommand.VotersChanged.class),
			Map.entry("format", ClusterCommand.FormatRaised.class));

	private static final Map<Class<? extends ClusterCommand>, String> NAMES = COMMANDS.entrySet()
		.stream()
		.collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

	private static final JsonMapper MAPPER = create();

	private ClusterJson() {
	}

	/**
	 * The bytes of a command.
	 */
	public static byte[] encode(ClusterCommand command) {
		String name = NAMES.get(command.getClass());
		if (name == null) {
			throw new IllegalStateException("a command without a name: " + command.getClass());
		}
		return write(command, name);
	}

	/**
	 * The bytes of a table.
	 */
	public static byte[] encode(ClusterTable table) {
		return write(table, TABLE);
	}

	private static byte[] write(Object value, String type) {
		ObjectNode fields = MAPPER.createObjectNode();
		fields.put(VERSION_FIELD, VERSION).put(TYPE_FIELD, type);
		fields.setAll((ObjectNode) MAPPER.<JsonNode>valueToTree(value));
		return MAPPER.writeValueAsBytes(fields);
	}

	/**
	 * The command of bytes.
	 * @throws RefusedFrameException if they are not one that this version knows
	 */
	public static ClusterCommand decodeCommand(byte[] bytes) {
		return read(bytes, ClusterCommand.class);
	}

	/**
	 * The table of bytes.
	 * @throws RefusedFrameException if they are not one that this version knows
	 */
	public static ClusterTable decodeTable(byte[] bytes) {
		return read(bytes, ClusterTable.class);
	}

	private static <T> T read(byte[] bytes, Class<T> expected) {
		if (bytes.length > MAX_BYTES) {
			throw RefusedFrameException
				.refused("a record of the cluster has " + bytes.length + " bytes, more than " + MAX_BYTES);
		}
		try {
			if (!(MAPPER.readTree(bytes) instanceof ObjectNode fields)) {
				throw RefusedFrameException.refused("a record of the cluster is no object");
			}
			JsonNode version = fields.remove(VERSION_FIELD);
			if (version == null || !version.isInt() || version.intValue() != VERSION) {
				throw RefusedFrameException.unknownFormat("a record of the cluster of version " + version,
						"version " + VERSION + " only");
			}
			JsonNode type = fields.remove(TYPE_FIELD);
			String name = (type != null && type.isString()) ? type.stringValue() : "";
			Class<?> known = name.equals(TABLE) ? ClusterTable.class : COMMANDS.get(name);
			if (known == null || !expected.isAssignableFrom(known)) {
				throw RefusedFrameException.unknownFormat("a record of the cluster of type " + type,
						COMMANDS.keySet() + " and " + TABLE);
			}
			return expected.cast(MAPPER.treeToValue(fields, known));
		}
		catch (JacksonException ex) {
			throw RefusedFrameException.refused("a record of the cluster cannot be read: " + ex.getOriginalMessage(),
					ex);
		}
	}

	private static JsonMapper create() {
		JsonFactory factory = JsonFactory.builder()
			.streamReadConstraints(StreamReadConstraints.builder()
				.maxNestingDepth(MAX_DEPTH)
				.maxStringLength(MAX_CHARACTERS)
				.maxNameLength(MAX_CHARACTERS)
				.maxNumberLength(20)
				.build())
			.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
			.build();
		SimpleModule ids = new SimpleModule("kraft-cluster");
		ids.addSerializer(MemberId.class, new IdWriter());
		ids.addDeserializer(MemberId.class, new IdReader());
		return JsonMapper.builder(factory)
			.addModule(ids)
			.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
					DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
					DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
					DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
			.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
			.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
			.enable(MapperFeature.INFER_RECORD_GETTERS_FROM_COMPONENTS_ONLY)
			.disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
			.withCoercionConfigDefaults(
					(config) -> config.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
			.build();
	}

	private static final class IdWriter extends ValueSerializer<MemberId> {

		@Override
		public void serialize(MemberId id, JsonGenerator out, SerializationContext context) {
			out.writeString(id.toString());
		}

	}

	private static final class IdReader extends ValueDeserializer<MemberId> {

		@Override
		public MemberId deserialize(JsonParser in, DeserializationContext context) {
			String text = in.getString();
			try {
				return MemberId.parse((text != null) ? text : "");
			}
			catch (IllegalArgumentException ex) {
				return (MemberId) context.handleWeirdStringValue(MemberId.class, text, "%s", ex.getMessage());
			}
		}

	}

}
