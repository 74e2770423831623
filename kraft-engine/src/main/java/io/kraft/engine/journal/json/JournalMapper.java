package io.kraft.engine.journal.json;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.TypeFactory;

/**
 * Makes the mapper by which journals are written and read when the application brings
 * none. What a value was when it was written it shall be when it is read, or it is an
 * error: strict where Jackson is lenient. What differs from Jackson's defaults is a part
 * of the journal's format.
 */
final class JournalMapper {

	/** How deep values may be nested: well within a thread's stack. */
	static final int MAX_DEPTH = 500;

	private JournalMapper() {
	}

	static JsonMapper create() {
		return JsonMapper.builder(factory())
			// Jackson's own is shared, and would hold the application's classes for ever.
			.typeFactory(TypeFactory.createDefaultInstance())
			.annotationIntrospector(new SealedTypeIntrospector())
			.addModule(module())
			// A removed field must be noticed, and a missing number is not zero.
			.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
					DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
			// "7" is not 7, and 1.5 is not 1.
			.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
			.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
			.enable(SerializationFeature.FAIL_ON_EMPTY_BEANS, SerializationFeature.FAIL_ON_SELF_REFERENCES)
			// A record is its components: getters of derived values could not be read.
			.enable(MapperFeature.INFER_RECORD_GETTERS_FROM_COMPONENTS_ONLY)
			// Otherwise the order of reflection, which may differ between processes.
			.enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
			// Names, not toString(), which applications override for display.
			.disable(EnumFeature.READ_ENUMS_USING_TO_STRING, EnumFeature.WRITE_ENUMS_USING_TO_STRING)
			.enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
			// Times come back with the offset and zone that they had.
			.disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE, DateTimeFeature.NORMALIZE_DESERIALIZED_ZONE_ID,
					DateTimeFeature.WRITE_DATES_WITH_CONTEXT_TIME_ZONE, DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
			.enable(DateTimeFeature.WRITE_DATES_WITH_ZONE_ID)
			.build();
	}

	private static SimpleModule module() {
		SimpleModule module = new SimpleModule("kraft-journal");
		module.setSerializerModifier(new JournalSerializerModifier());
		module.setAbstractTypes(new OrderedContainers());
		ExactValues.addTo(module);
		ActiveTypes.addTo(module);
		return module;
	}

	private static JsonFactory factory() {
		return JsonFactory.builder()
			// What can be written can be read: the size is bounded when writing, and a
			// depth beyond the limit is refused there too.
			.streamReadConstraints(StreamReadConstraints.builder()
				.maxNestingDepth(MAX_DEPTH)
				.maxStringLength(Integer.MAX_VALUE)
				.maxNameLength(Integer.MAX_VALUE)
				.maxNumberLength(100_000)
				.build())
			.streamWriteConstraints(StreamWriteConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
			// No thread-locals: each virtual thread would fill its own.
			.recyclerPool(new BufferSlots())
			.build();
	}

}
