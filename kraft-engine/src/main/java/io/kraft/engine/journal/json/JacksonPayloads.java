package io.kraft.engine.journal.json;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;

import io.kraft.engine.journal.MaskedTokens;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.PayloadConverter;
import io.kraft.engine.journal.PayloadTransform;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Payloads as JSON, by a Jackson mapper. Thread-safe.
 * <p>
 * Reading is strict, as long as the mapper is {@link #defaultMapper()}: a recorded field
 * that the class no longer has is an error, to be fixed with {@code @JsonAlias} or
 * {@code @JsonIgnoreProperties}; a field that is not recorded becomes {@code null}, or an
 * error if it is a primitive in a constructor. Values declared as {@code Object}, or as a
 * type variable without bound, are read back as what JSON knows: maps, lists, strings,
 * numbers and booleans.
 * <p>
 * Prepared writers and readers are kept for each type, in this instance only, so that an
 * application's classes are kept no longer than its engine.
 */
public final class JacksonPayloads implements PayloadConverter {

	private static final Payload NO_ARGUMENTS = Payload.json("[]".getBytes(StandardCharsets.UTF_8));

	private final JsonMapper mapper;

	private final TransformChain transforms;

	private final long maxBytes;

	private final ConcurrentHashMap<Type, TypedWriter> writers = new ConcurrentHashMap<>();

	private final ConcurrentHashMap<Type, ObjectReader> readers = new ConcurrentHashMap<>();

	private final ImmutableTypes immutable = new ImmutableTypes();

	/**
	 * A converter with the given mapper.
	 * @param transforms wrap what is written, in this order
	 * @param maxBytes largest size of a value as JSON, before it is wrapped; at least 1
	 */
	public JacksonPayloads(JsonMapper mapper, List<? extends PayloadTransform> transforms, long maxBytes) {
		if (maxBytes < 1) {
			throw new IllegalArgumentException("maxBytes is " + maxBytes + ", but must be at least 1");
		}
		this.mapper = mapper;
		this.transforms = new TransformChain(transforms);
		this.maxBytes = maxBytes;
	}

	/**
	 * A new mapper with the settings of the journal: strict, without default typing, with
	 * types only from declarations and sealed types. Modules can be added with
	 * {@code rebuild()}; other settings change what can be read.
	 */
	public static JsonMapper defaultMapper() {
		return JournalMapper.create();
	}

	@Override
	public Payload write(@Nullable Object value, Type type, String what) {
		if (isVoid(type) || (value == null && this.transforms.isEmpty())) {
			return Payload.NULL;
		}
		BoundedBytes bytes = new BoundedBytes(this.maxBytes);
		try (JsonGenerator generator = this.mapper.createGenerator(bytes)) {
			writer(type).write(value, generator);
		}
		catch (RuntimeException | StackOverflowError ex) {
			throw writingFault(bytes, what, type, "$", ex);
		}
		return finish(bytes, what);
	}

	@Override
	public @Nullable Object read(Payload payload, Type type, String what) {
		if (isVoid(type)) {
			return null;
		}
		byte[] json = this.transforms.unwrap(payload, what);
		try (JsonParser parser = this.mapper.createParser(json)) {
			Object value = reader(type).readValue(parser);
			requireEnd(parser);
			return value;
		}
		catch (RuntimeException | StackOverflowError ex) {
			throw PayloadFaults.notReadable(what, type, "$", this.transforms.hides(payload), payload, json, ex);
		}
	}

	@Override
	public Payload writeArguments(@Nullable Object[] arguments, List<Type> types, String what) {
		requireCount(arguments.length, types, what);
		if (arguments.length == 0 && this.transforms.isEmpty()) {
			return NO_ARGUMENTS;
		}
		BoundedBytes bytes = new BoundedBytes(this.maxBytes);
		int index = 0;
		try (JsonGenerator generator = this.mapper.createGenerator(bytes)) {
			generator.writeStartArray();
			for (; index < arguments.length; index++) {
				writer(types.get(index)).write(arguments[index], generator);
			}
			generator.writeEndArray();
		}
		catch (RuntimeException | StackOverflowError ex) {
			Type type = types.get(Math.min(index, types.size() - 1));
			throw writingFault(bytes, what, type, "$[" + index + "]", ex);
		}
		return finish(bytes, what);
	}

	@Override
	public @Nullable Object[] readArguments(Payload payload, List<Type> types, String what) {
		return readArguments(payload, types, what, (index) -> false, new @Nullable Object[types.size()]);
	}

	@Override
	public boolean areImmutable(List<Type> types) {
		for (int i = 0; i < types.size(); i++) {
			if (!this.immutable.contains(types.get(i))) {
				return false;
			}
		}
		return true;
	}

	@Override
	public @Nullable Object[] copyArguments(@Nullable Object[] arguments, Payload written, List<Type> types,
			String what) {
		requireCount(arguments.length, types, what);
		List<Type> actual = new ArrayList<>(types.size());
		boolean[] shared = new boolean[types.size()];
		for (int i = 0; i < types.size(); i++) {
			Object argument = arguments[i];
			shared[i] = argument == null || isShared(argument, types.get(i));
			actual.add((argument == null || shared[i]) ? types.get(i) : writer(types.get(i)).copyTypeOf(argument));
		}
		return readArguments(written, actual, what, (index) -> shared[index], arguments.clone());
	}

	/** An exception is no data: what is written of it is for display. */
	private boolean isShared(Object argument, Type type) {
		return argument instanceof Throwable || this.immutable.contains(type)
				|| this.immutable.contains(argument.getClass());
	}

	/** What is kept is skipped. */
	private @Nullable Object[] readArguments(Payload payload, List<Type> types, String what, IntPredicate kept,
			@Nullable Object[] arguments) {
		byte[] json = this.transforms.unwrap(payload, what);
		int index = 0;
		try (JsonParser parser = this.mapper.createParser(json)) {
			requireArray(parser);
			for (; parser.nextToken() != JsonToken.END_ARRAY; index++) {
				if (index < arguments.length && !kept.test(index)) {
					arguments[index] = reader(types.get(index)).readValue(parser);
				}
				else {
					parser.skipChildren();
				}
			}
			requireEnd(parser);
		}
		catch (RuntimeException | StackOverflowError ex) {
			// A parameter that was put in front of the others shifts their types: their
			// number is more reliable.
			requireCount(countElements(json), types, what);
			Type type = (index < arguments.length) ? types.get(index) : Object[].class;
			throw PayloadFaults.notReadable(what, type, "$[" + index + "]", this.transforms.hides(payload), payload,
					json, ex);
		}
		requireCount(index, types, what);
		return arguments;
	}

	@Override
	public boolean areSameArguments(Payload payload, Payload other) {
		if (payload.equals(other)) {
			return true;
		}
		try {
			return CanonicalText.ofArguments(this.mapper.readTree(this.transforms.unwrap(payload, "the payload")))
				.equals(CanonicalText.ofArguments(this.mapper.readTree(this.transforms.unwrap(other, "the payload"))));
		}
		catch (RuntimeException | StackOverflowError ex) {
			return false;
		}
	}

	@Override
	public String text(Payload payload) {
		return new String(this.transforms.unwrap(payload, "the payload"), StandardCharsets.UTF_8);
	}

	@Override
	public String excerpt(Payload payload, int most) {
		return this.transforms.hides(payload) ? payload + ", not shown"
				: MaskedTokens.cut(new String(payload.bytes(), StandardCharsets.UTF_8), most);
	}

	@Override
	public Payload portable(Payload payload) {
		return this.transforms.portable(payload);
	}

	private TypedWriter writer(Type type) {
		TypedWriter writer = this.writers.get(type);
		return (writer != null) ? writer
				: this.writers.computeIfAbsent(type, (key) -> new TypedWriter(this.mapper, key));
	}

	private ObjectReader reader(Type type) {
		ObjectReader reader = this.readers.get(type);
		return (reader != null) ? reader : this.readers.computeIfAbsent(type,
				// What follows a value is checked by the callers: an argument follows an
				// argument.
				(key) -> this.mapper.readerFor(this.mapper.constructType(key))
					.without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS));
	}

	private Payload finish(BoundedBytes bytes, String what) {
		// A serializer of the application may have caught the exception.
		if (bytes.exceeded()) {
			throw PayloadFaults.tooLarge(what, this.maxBytes);
		}
		return this.transforms.wrap(bytes.toByteArray(), what);
	}

	private KraftException writingFault(BoundedBytes bytes, String what, Type type, String root, Throwable cause) {
		return bytes.exceeded() ? PayloadFaults.tooLarge(what, this.maxBytes)
				: PayloadFaults.notWritable(what, type, root, this.transforms.hides(), cause);
	}

	private static void requireCount(int found, List<Type> types, String what) {
		if (found >= 0 && found != types.size()) {
			throw PayloadFaults.otherCount(what, types.size(), found);
		}
	}

	/** -1 if it is no array, or cannot be parsed. */
	private int countElements(byte[] json) {
		try (JsonParser parser = this.mapper.createParser(json)) {
			requireArray(parser);
			int count = 0;
			for (; parser.nextToken() != JsonToken.END_ARRAY; count++) {
				parser.skipChildren();
			}
			return count;
		}
		catch (JacksonException ex) {
			return -1;
		}
	}

	private static void requireArray(JsonParser parser) {
		if (parser.nextToken() != JsonToken.START_ARRAY) {
			throw new StreamReadException(parser, "arguments are a JSON array, but this is not one");
		}
	}

	private static void requireEnd(JsonParser parser) {
		if (parser.nextToken() != null) {
			throw new StreamReadException(parser, "more follows after the end of the value");
		}
	}

	private static boolean isVoid(Type type) {
		return type == void.class || type == Void.class;
	}

}
