package io.kraft.engine.journal.json;

import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import io.kraft.workflow.TypeRef;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class ImmutableTypesTests {

	private final ImmutableTypes types = new ImmutableTypes();

	static List<Type> immutable() {
		return List.of(int.class, String.class, BigDecimal.class, UUID.class, Instant.class, ZoneId.class,
				TimeUnit.class, Point.class, Chain.class, Shape.class, new TypeRef<Optional<Point>>() {
				}.type(), new TypeRef<Box<String>>() {
				}.type(), new TypeRef<Box<Box<Point>>>() {
				}.type());
	}

	@ParameterizedTest
	@MethodSource("immutable")
	void whatCannotChangeIsKnown(Type type) {
		assertThat(this.types.contains(type)).isTrue();
	}

	static List<Type> mutable() {
		return List.of(Object.class, int[].class, Date.class, List.class, Bytes.class, Bean.class, Box.class,
				Open.class, StringBuilder.class, new TypeRef<Optional<Date>>() {
				}.type(), new TypeRef<Box<Date>>() {
				}.type(), new TypeRef<Box<Box<List<String>>>>() {
				}.type(), new TypeRef<List<String>>() {
				}.type());
	}

	@ParameterizedTest
	@MethodSource("mutable")
	void whateverElseMayChange(Type type) {
		assertThat(this.types.contains(type)).isFalse();
	}

	record Point(int x, String name, Instant at) {
	}

	record Chain(String value, @Nullable Chain next) {
	}

	record Box<T>(T value) {
	}

	@SuppressWarnings("ArrayRecordComponent") // That is what is tried.
	record Bytes(byte[] bytes) {

		@Override
		public boolean equals(Object other) {
			return other == this;
		}

		@Override
		public int hashCode() {
			return 1;
		}

	}

	sealed interface Shape permits Circle, Square {

	}

	record Circle(int radius) implements Shape {
	}

	enum Square implements Shape {

		UNIT

	}

	sealed interface Open permits Circle2, Any {

	}

	record Circle2(int radius) implements Open {
	}

	static non-sealed class Any implements Open {

		public int number;

	}

	static final class Bean {

		public String name = "";

	}

}
