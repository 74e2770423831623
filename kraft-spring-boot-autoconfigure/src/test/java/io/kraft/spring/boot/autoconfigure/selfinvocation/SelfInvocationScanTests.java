package io.kraft.spring.boot.autoconfigure.selfinvocation;

import java.util.List;
import java.util.function.Supplier;

import io.kraft.spring.boot.autoconfigure.definition.DurableTypes;
import io.kraft.workflow.Step;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which calls in class files are calls on {@code this}.
 */
class SelfInvocationScanTests {

	@Test
	void callsOnThisAreFoundInAllForms() {
		assertThat(callers(Forms.class)).containsExactlyInAnyOrder("Forms.plain", "Forms.ternary", "Forms.afterSwitch",
				"Forms.afterTry", "Forms.inCatch", "Forms.inLoop", "Forms.alias", "Forms.inLambda", "Forms.reference",
				"Forms.1.run", "Forms.Inner.run", "Forms.longs", "Forms.nestedLambda");
	}

	@Test
	void callsOnOthersAndInConstructorsAreNone() {
		assertThat(callers(NotOnThis.class)).isEmpty();
	}

	@Test
	void callsInSuperclassesAndDefaultMethodsAreFound() {
		assertThat(callers(Child.class)).containsExactlyInAnyOrder("Parent.all", "Api.twice");
	}

	@Test
	void callsOnSuperAreToldApart() {
		assertThat(scan(SuperCaller.class)).singleElement().satisfies((site) -> {
			assertThat(site.isSuperCall()).isTrue();
			assertThat(site.place()).startsWith("SelfInvocationScanTests.SuperCaller.other (line ");
		});
	}

	private static List<String> callers(Class<?> type) {
		return scan(type).stream()
			.map((site) -> site.place().replace("SelfInvocationScanTests.", "").replaceAll(" \\(line \\d+\\)", ""))
			.distinct()
			.toList();
	}

	private static List<SelfInvocationSite> scan(Class<?> type) {
		return new SelfInvocationScan(new DurableTypes().of(type)).run();
	}

	@SuppressWarnings("all")
	static class Forms {

		@Step
		String step(String value, long number) {
			return value;
		}

		void plain() {
			step("a", 1);
		}

		void ternary(boolean first) {
			System.out.println(1.0 + step(first ? "a" : "b", first ? 1L : 2L));
		}

		void afterSwitch(String value) {
			this.step(switch (value) {
				case "a" -> "x";
				case "b" -> "y";
				default -> throw new IllegalStateException();
			}, 1);
		}

		void afterTry() {
			try {
				plain();
			}
			finally {
				step("a", 1);
			}
		}

		void inCatch() {
			try {
				plain();
			}
			catch (RuntimeException ex) {
				step("a", 1);
			}
		}

		void inLoop(List<String> values) {
			for (String value : values) {
				if (value.isEmpty()) {
					continue;
				}
				step(value, 1);
			}
		}

		void alias() {
			Forms me = this;
			me.step("a", 1);
		}

		Runnable inLambda(String value) {
			return () -> step(value, 1);
		}

		void reference() {
			java.util.function.BiFunction<String, Long, String> reference = this::step;
			reference.apply("a", 1L);
		}

		Supplier<Runnable> nestedLambda() {
			return () -> () -> step("a", 1);
		}

		Runnable anonymous() {
			return new Runnable() {

				@Override
				public void run() {
					step("a", 1);
				}

			};
		}

		long[] longs(long a, double b, int[] values) {
			values[0] += (int) (a * 3L >> 2);
			long[] all = { a, (long) b, Long.compare(a, 4L), values[1]++ };
			all[1] += step("a" + all[0] + b, all[2]).length();
			return all;
		}

		class Inner {

			void run() {
				step("a", 1);
			}

		}

	}

	@SuppressWarnings("all")
	static class NotOnThis {

		private NotOnThis self;

		NotOnThis() {
			step();
		}

		@Step
		void step() {
		}

		void onSelf(NotOnThis other) {
			this.self.step();
			other.step();
			new NotOnThis().step();
			NotOnThis me = this;
			me = other;
			me.step();
			Runnable reference = this.self::step;
			reference.run();
		}

		static void ofClass(NotOnThis other) {
			other.step();
		}

	}

	interface Api {

		void step();

		default void twice() {
			step();
		}

	}

	abstract static class Parent<T> implements Api {

		abstract void handle(T value);

		void all(T value) {
			handle(value);
		}

	}

	static class Child extends Parent<String> {

		@Override
		@Step
		void handle(String value) {
		}

		@Override
		@Step
		public void step() {
		}

	}

	static class SuperBase {

		@Step
		void step() {
		}

	}

	static class SuperCaller extends SuperBase {

		@Override
		void step() {
			super.step();
		}

		void other() {
			super.step();
		}

	}

}
