package io.kraft.cluster.routing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

import io.kraft.engine.journal.ByteReader;
import io.kraft.engine.journal.ByteWriter;
import org.jspecify.annotations.Nullable;

/**
 * How a value is written in a frame, and read from one. Reading trusts no input: a length
 * allocates no more than there are bytes.
 *
 * @param writer appends it
 * @param reader reads it; throws a {@link RuntimeException} if the bytes are no such
 * value
 */
record Codec<T>(BiConsumer<ByteWriter, T> writer, Function<ByteReader, T> reader) {

	static final Codec<String> TEXT = new Codec<>(ByteWriter::writeString, ByteReader::readString);

	static final Codec<byte[]> BYTES = new Codec<>(ByteWriter::writeBytes, ByteReader::readBytes);

	static final Codec<Boolean> BOOLEAN = new Codec<>(ByteWriter::writeBoolean, ByteReader::readBoolean);

	static final Codec<Long> LONG = new Codec<>(ByteWriter::writeSigned, ByteReader::readSigned);

	static final Codec<Integer> INT = new Codec<>((out, value) -> out.writeSigned(value),
			(in) -> Math.toIntExact(in.readSigned()));

	static final Codec<Instant> MILLIS = new Codec<>(ByteWriter::writeMillis, ByteReader::readMillis);

	static final Codec<Duration> DURATION = new Codec<>(
			(out, value) -> out.writeSigned(value.getSeconds()).writeUnsigned(value.getNano()),
			(in) -> Duration.ofSeconds(in.readSigned(), in.readInt(0, 999_999_999)));

	/** In the order of the keys, so that equal ones have equal bytes. */
	static final Codec<Map<String, String>> TEXTS = new Codec<>((out, texts) -> {
		out.writeUnsigned(texts.size());
		new TreeMap<>(texts).forEach((key, value) -> out.writeString(key).writeString(value));
	}, (in) -> {
		Map<String, String> texts = new TreeMap<>();
		for (int left = in.readInt(0, in.remaining()); left > 0; left--) {
			texts.put(in.readString(), in.readString());
		}
		return texts;
	});

	/** Of what has no value: no byte. */
	static final Codec<Done> DONE = new Codec<>((out, done) -> {
	}, (in) -> Done.DONE);

	void write(ByteWriter out, T value) {
		this.writer.accept(out, value);
	}

	T read(ByteReader in) {
		return this.reader.apply(in);
	}

	static <T> Codec<List<T>> list(Codec<T> element) {
		return new Codec<>((out, values) -> {
			out.writeUnsigned(values.size());
			values.forEach((value) -> element.write(out, value));
		}, (in) -> {
			List<T> values = new ArrayList<>();
			for (int left = in.readInt(0, in.remaining()); left > 0; left--) {
				values.add(element.read(in));
			}
			return values;
		});
	}

	static <T> Codec<Optional<T>> optional(Codec<T> value) {
		return new Codec<>((out, optional) -> writeNullable(out, value, optional.orElse(null)),
				(in) -> Optional.ofNullable(readNullable(in, value)));
	}

	/** By its name, which never changes. */
	static <E extends Enum<E>> Codec<E> enumOf(Class<E> type) {
		return new Codec<>((out, value) -> out.writeString(value.name()), (in) -> Enum.valueOf(type, in.readString()));
	}

	static <T> void writeNullable(ByteWriter out, Codec<T> codec, @Nullable T value) {
		out.writeBoolean(value != null);
		if (value != null) {
			codec.write(out, value);
		}
	}

	static <T> @Nullable T readNullable(ByteReader in, Codec<T> codec) {
		return in.readBoolean() ? codec.read(in) : null;
	}

	/**
	 * The answer of what has no value.
	 */
	enum Done {

		/** It is done. */
		DONE

	}

}
