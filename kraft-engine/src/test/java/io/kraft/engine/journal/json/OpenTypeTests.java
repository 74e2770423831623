package io.kraft.engine.journal.json;

import java.io.File;
import java.io.InputStream;
import java.io.Serializable;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.Temporal;
import java.util.ArrayDeque;
import java.util.Calendar;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.kraft.workflow.PayloadSerializationException;
import io.kraft.workflow.TypeRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Types that do not say of which class their values are: what is warned of does not come
 * back from the journal as it was, and what comes back is not warned of.
 */
class OpenTypeTests {

	private static final Order ORDER = new Order("o-1", 2);

	private final JsonMapper mapper = JacksonPayloads.defaultMapper();

	private final JacksonPayloads payloads = new JacksonPayloads(this.mapper, List.of(), 1_000_000);

	static List<Arguments> lost() {
		Runnable lambda = () -> {
		};
		return List.of(arguments(new ReentrantLock(), Lock.class), arguments(lambda, Runnable.class),
				arguments(new Task("x"), Runnable.class),
				arguments(new Task("x"), type(new TypeRef<Supplier<String>>() {
				})), arguments((Callable<String>) () -> "x", type(new TypeRef<Callable<String>>() {
				})), arguments(Function.identity(), type(new TypeRef<Function<String, String>>() {
				})), arguments((Executor) Runnable::run, Executor.class),
				arguments(Thread.currentThread(), Thread.class),
				arguments(InputStream.nullInputStream(), InputStream.class), arguments(connection(), Connection.class),
				arguments(Calendar.getInstance(), Calendar.class), arguments(Instant.EPOCH, Temporal.class),
				arguments("x", Comparable.class), arguments(TimeUnit.DAYS, Enum.class), arguments(ORDER, Object.class),
				arguments(5L, Object.class), arguments(5L, Serializable.class), arguments(5L, Number.class),
				arguments(new BigDecimal("1.10"), Number.class), arguments(new Square(2), Open.class),
				arguments(new Cat("x"), Base.class), arguments(List.of(ORDER), List.class),
				arguments(List.of(ORDER), type(new TypeRef<List<Object>>() {
				})), arguments(List.of(ORDER), type(new TypeRef<List<?>>() {
				})), arguments(Map.of("a", ORDER), type(new TypeRef<Map<String, Object>>() {
				})), arguments(Map.of(1, 2), type(new TypeRef<Map<Object, Integer>>() {
				})), arguments(Map.entry("a", ORDER), type(new TypeRef<Map.Entry<String, Object>>() {
				})), arguments(Optional.of(5L), type(new TypeRef<Optional<Number>>() {
				})), arguments(List.of(new ReentrantLock()), type(new TypeRef<List<Lock>>() {
				})), arguments(Map.of("a", lambda), type(new TypeRef<Map<String, Runnable>>() {
				})), arguments(new LinkedBlockingQueue<>(List.of("x")), type(new TypeRef<BlockingQueue<String>>() {
				})), arguments(new Box<>(ORDER), type(new TypeRef<Box<?>>() {
				})), arguments(new Event("x", ORDER), Event.class),
				arguments(new Guarded(new ReentrantLock()), Guarded.class));
	}

	@ParameterizedTest
	@MethodSource
	void lost(Object value, Type type) {
		assertThat(comesBack(value, type)).as("comes back").isFalse();
		assertThat(TypeCheck.faultsOf(this.mapper, type)).as("faults").hasSize(1);
	}

	static List<Arguments> kept() {
		return List.of(arguments(ORDER, Order.class), arguments(List.of(ORDER), type(new TypeRef<List<Order>>() {
		})), arguments(List.of(ORDER), type(new TypeRef<List<? extends Order>>() {
		})), arguments(List.of(ORDER), type(new TypeRef<Collection<Order>>() {
		})), arguments(List.of(ORDER), type(new TypeRef<Iterable<Order>>() {
		})), arguments(List.of(ORDER), type(new TypeRef<SequencedCollection<Order>>() {
		})), arguments(Set.of(ORDER), type(new TypeRef<Set<Order>>() {
		})), arguments(Map.of("a", List.of(ORDER)), type(new TypeRef<Map<String, List<Order>>>() {
		})), arguments(Map.of("a", 1), type(new TypeRef<Map<CharSequence, Integer>>() {
		})), arguments(new LinkedHashMap<>(Map.of("a", 1)), type(new TypeRef<SequencedMap<String, Integer>>() {
		})), arguments(new TreeMap<>(Map.of("a", 1)), type(new TypeRef<SortedMap<String, Integer>>() {
		})), arguments(new ConcurrentHashMap<>(Map.of("a", 1)), type(new TypeRef<ConcurrentMap<String, Integer>>() {
		})), arguments(Map.entry("a", ORDER), type(new TypeRef<Map.Entry<String, Order>>() {
		})), arguments(EnumSet.of(TimeUnit.DAYS), type(new TypeRef<EnumSet<TimeUnit>>() {
		})), arguments(new EnumMap<>(Map.of(TimeUnit.DAYS, 1)), type(new TypeRef<EnumMap<TimeUnit, Integer>>() {
		})), arguments(Optional.of(ORDER), type(new TypeRef<Optional<Order>>() {
		})), arguments(new Box<>(ORDER), type(new TypeRef<Box<Order>>() {
		})), arguments("x", CharSequence.class), arguments(new File("a", "b"), File.class),
				arguments(URI.create("https://host.invalid/a"), URI.class),
				arguments(ZoneId.of("Asia/Tokyo"), ZoneId.class),
				arguments(TimeZone.getTimeZone("Asia/Tokyo"), TimeZone.class),
				arguments(StandardCharsets.UTF_8, Charset.class), arguments(new Rex("x"), Named.class),
				arguments(new Ada("x"), Person.class), arguments(new Circle(1), Shape.class),
				arguments(new Plain("x"), Deserialized.class));
	}

	@ParameterizedTest
	@MethodSource
	void kept(Object value, Type type) {
		assertThat(comesBack(value, type)).as("comes back").isTrue();
		assertThat(TypeCheck.faultsOf(this.mapper, type)).as("faults").isEmpty();
	}

	@Test
	void aQueueIsKept() {
		Type open = type(new TypeRef<Queue<Order>>() {
		});
		Type bounded = type(new TypeRef<ArrayBlockingQueue<Order>>() {
		});

		assertThat(comesBack(new ArrayDeque<>(List.of(ORDER)), open)).isTrue();
		assertThat(comesBack(new ArrayBlockingQueue<>(1, false, List.of(ORDER)), bounded)).isTrue();
		assertThat(TypeCheck.faultsOf(this.mapper, open)).isEmpty();
		assertThat(TypeCheck.faultsOf(this.mapper, bounded)).isEmpty();
	}

	@Test
	void whatAMapperCanMakeIsNotWarnedOf() {
		SimpleModule module = new SimpleModule().addAbstractTypeMapping(Open.class, Square.class);
		JsonMapper taught = this.mapper.rebuild().addModule(module).build();

		assertThat(TypeCheck.faultsOf(taught, new TypeRef<List<Open>>() {
		}.type())).isEmpty();
	}

	@Test
	void eachTellsWhatHappensAndWhatToDo() {
		assertThat(TypeCheck.faultsOf(this.mapper, Event.class)).singleElement()
			.asString()
			.startsWith("at $.payload: java.lang.Object does not determine which class")
			.contains("may come back from the journal as another type")
			.contains("Declare a record");
		assertThat(TypeCheck.faultsOf(this.mapper, Number.class)).singleElement()
			.asString()
			.contains("a BigDecimal as a Double");
		assertThat(TypeCheck.faultsOf(this.mapper, Runnable.class)).singleElement()
			.asString()
			.startsWith("at $: java.lang.Runnable does not determine which class")
			.contains("cannot be read back. Use plain data");
		assertThat(TypeCheck.faultsOf(this.mapper, Calendar.class)).singleElement()
			.asString()
			.contains("would lose its zone");
	}

	private boolean comesBack(Object value, Type type) {
		try {
			Object read = this.payloads.read(this.payloads.write(value, type, "the value"), type, "the value");
			return Objects.equals(read, value) || (read instanceof Collection<?> items
					&& value instanceof Collection<?> values && List.copyOf(items).equals(List.copyOf(values)));
		}
		catch (PayloadSerializationException ex) {
			return false;
		}
	}

	private static Type type(TypeRef<?> reference) {
		return reference.type();
	}

	private static Object connection() {
		return Proxy.newProxyInstance(Connection.class.getClassLoader(), new Class<?>[] { Connection.class },
				(proxy, method, arguments) -> "toString".equals(method.getName()) ? "a connection" : null);
	}

	record Order(String id, int count) {
	}

	record Task(String name) implements Runnable, Supplier<String> {

		@Override
		public void run() {
		}

		@Override
		public String get() {
			return this.name;
		}

	}

	record Event(String type, Object payload) {
	}

	record Guarded(Lock lock) {
	}

	record Box<T>(T content) {
	}

	interface Open {

		int side();

	}

	record Square(int side) implements Open {
	}

	abstract static class Base {

		public abstract String getName();

	}

	static final class Cat extends Base {

		private final String name;

		Cat(String name) {
			this.name = name;
		}

		@Override
		public String getName() {
			return this.name;
		}

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
	@JsonSubTypes(@JsonSubTypes.Type(value = Rex.class, name = "rex"))
	interface Named {

	}

	record Rex(String name) implements Named {
	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
	@JsonSubTypes(@JsonSubTypes.Type(value = Ada.class, name = "ada"))
	abstract static class Person {

	}

	static final class Ada extends Person {

		private String name = "";

		Ada() {
		}

		Ada(String name) {
			this.name = name;
		}

		public String getName() {
			return this.name;
		}

		public void setName(String name) {
			this.name = name;
		}

		@Override
		public boolean equals(Object other) {
			return other instanceof Ada ada && ada.name.equals(this.name);
		}

		@Override
		public int hashCode() {
			return this.name.hashCode();
		}

	}

	sealed interface Shape {

	}

	record Circle(double radius) implements Shape {
	}

	@JsonDeserialize(as = Plain.class)
	interface Deserialized {

	}

	record Plain(String name) implements Deserialized {
	}

}
