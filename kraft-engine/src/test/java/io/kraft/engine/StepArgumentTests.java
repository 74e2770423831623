package io.kraft.engine;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.Compensation;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.DurableFuture;
import io.kraft.workflow.PayloadSerializationException;
import io.kraft.workflow.TypeRef;
import io.kraft.workflow.WorkflowContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What a step does to its arguments is seen by nobody: neither live nor on replay.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class StepArgumentTests {

	private static final Type TEXTS = new TypeRef<List<String>>() {
	}.type();

	private final TestEngine engine = new TestEngine();

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final StepDefinition validate = StepDefinition.of("validate", MethodSignature.of(void.class, TEXTS),
			RetryPolicy.defaults());

	private final List<Object> seen = new CopyOnWriteArrayList<>();

	@AfterEach
	void close() {
		this.engine.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whatAStepChangesInItsArgumentTheWorkflowSeesNeitherLiveNorOnReplay(boolean recordArguments) {
		this.engine.with((builder) -> builder.recordArguments(recordArguments))
			.workflow("order", String.class, (argument) -> {
				List<String> errors = new ArrayList<>();
				this.engine.call(this.validate, this::addError, errors);
				this.seen.add(List.copyOf(errors));
				this.workflow.sleep(Duration.ofHours(1));
				return errors.isEmpty() ? "accepted" : "rejected";
			})
			.start();
		WorkflowHandle<?> live = this.engine.run("order", "live", "x");
		assertThat(this.engine.finish(live)).isEqualTo("accepted");
		WorkflowHandle<?> replayed = this.engine.run("order", "replayed", "x");
		await().until(() -> replayed.status() == WorkflowStatus.SUSPENDED);

		this.engine.crashAndStart();

		assertThat(this.engine.finish(this.engine.client().handle("replayed"))).isEqualTo("accepted");
		assertThat(this.seen).containsOnly(List.of());
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void eachAttemptGetsTheArgumentsOfTheCall(boolean recordArguments) {
		StepDefinition step = this.validate.withRetry(RetryPolicy.defaults().withMaxAttempts(3));
		this.engine.with((builder) -> builder.recordArguments(recordArguments))
			.workflow("order", String.class, (argument) -> {
				this.engine.call(step, (arguments) -> {
					this.seen.add(List.copyOf((List<?>) addError(arguments)));
					if (this.seen.size() < 3) {
						throw new IllegalStateException("not yet");
					}
					return null;
				}, new ArrayList<>(List.of("first")));
				return "done";
			})
			.start();

		this.engine.finish(this.engine.run("order", "o", "x"));

		assertThat(this.seen).hasSize(3).containsOnly(List.of("first", "error"));
	}

	@Test
	void anAttemptAfterARetryWaitGetsWhatWasPassedThoughAnotherBranchHasChangedIt() {
		StepDefinition step = this.validate.withRetry(RetryPolicy.defaults().withMaxAttempts(2));
		CountDownLatch entered = new CountDownLatch(1);
		this.engine.workflow("order", String.class, (argument) -> {
			List<String> items = new ArrayList<>(List.of("first"));
			DurableFuture<Void> branch = this.workflow.async(() -> this.engine.<Void>call(step, (arguments) -> {
				this.seen.add(List.copyOf((List<?>) arguments[0]));
				entered.countDown();
				if (this.seen.size() < 2) {
					throw new IllegalStateException("not yet");
				}
				return null;
			}, items));
			entered.await();
			items.add("by the workflow");
			branch.await();
			return "done";
		}).start();

		this.engine.finish(this.engine.run("order", "o", "x"));

		assertThat(this.seen).containsExactly(List.of("first"), List.of("first"));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aCompensationGetsTheArgumentsOfTheCallWhateverTheBodyHasDoneToThem(boolean recordArguments) {
		StepDefinition cancel = StepDefinition.of("cancel", MethodSignature.of(void.class, TEXTS),
				RetryPolicy.defaults());
		StepDefinition book = this.validate.withCompensation(
				new Compensation(cancel, (arguments, result) -> new Object[] { arguments[0] }, (arguments) -> {
					this.seen.add(arguments[0]);
					return null;
				}));
		this.engine.with((builder) -> builder.recordArguments(recordArguments))
			.workflow("saga", String.class, (argument) -> {
				List<String> items = new ArrayList<>(List.of("first"));
				this.engine.call(book, this::addError, items);
				items.add("by the workflow");
				throw new IllegalStateException("no hotel");
			})
			.start();

		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> this.engine.finish(this.engine.run("saga", "s", "x")));

		assertThat(this.seen).containsExactly(List.of("first"));
	}

	@Test
	void whatCannotChangeIsHandedOverAsItIs() {
		Point point = new Point(1, new Name("x"));
		StepDefinition step = StepDefinition.of("look", MethodSignature.of(void.class, Point.class, Object.class),
				RetryPolicy.defaults());
		this.engine.workflow("order", String.class, (argument) -> {
			this.engine.call(step, (arguments) -> {
				this.seen.add(arguments[0]);
				this.seen.add(arguments[1]);
				return null;
			}, point, point);
			return "done";
		}).start();

		this.engine.finish(this.engine.run("order", "o", "x"));

		assertThat(this.seen).hasSize(2).allSatisfy((value) -> assertThat(value).isSameAs(point));
	}

	@Test
	void aCopyIsOfTheClassOfItsOriginal() {
		Exception failure = new IllegalStateException("boom");
		Dog dog = new Dog();
		StepDefinition step = StepDefinition.of("look",
				MethodSignature.of(void.class, Animal.class, Object.class, Exception.class), RetryPolicy.defaults());
		this.engine.workflow("order", String.class, (argument) -> {
			this.engine.call(step, (arguments) -> {
				this.seen.addAll(List.of(arguments));
				return null;
			}, dog, new LinkedHashMap<>(Map.of("a", 1)), failure);
			return "done";
		}).start();

		this.engine.finish(this.engine.run("order", "o", "x"));

		assertThat(this.seen.get(0)).isInstanceOf(Dog.class).isNotSameAs(dog);
		assertThat(this.seen.get(1)).isEqualTo(Map.of("a", 1));
		assertThat(this.seen.get(2)).isSameAs(failure);
	}

	@Test
	void anArgumentThatCannotBeReadBackFailsTheStepOnce() {
		StepDefinition step = StepDefinition.of("look", MethodSignature.of(void.class, Opaque.class),
				RetryPolicy.defaults());
		this.engine.workflow("order", String.class, (argument) -> {
			try {
				this.engine.call(step, (arguments) -> {
					this.seen.add("entered");
					return null;
				}, new Opaque("x", 1));
				return "entered";
			}
			catch (PayloadSerializationException ex) {
				return ex.getMessage();
			}
		}).start();

		assertThat(this.engine.finish(this.engine.run("order", "o", "x"))).asString()
			.startsWith("KRAFT-1004: the arguments of step 'look' cannot be read as");
		assertThat(this.seen).isEmpty();
	}

	@SuppressWarnings("unchecked")
	private Object addError(@Nullable Object[] arguments) {
		List<String> errors = (List<String>) Objects.requireNonNull(arguments[0]);
		errors.add("error");
		return errors;
	}

	record Name(String text) {
	}

	record Point(int x, Name name) {
	}

	abstract static class Animal {

		public List<String> legs = new ArrayList<>();

	}

	static final class Dog extends Animal {

	}

	static final class Opaque {

		private final String name;

		Opaque(String name, int unused) {
			this.name = name + unused;
		}

		public String getName() {
			return this.name;
		}

	}

}
