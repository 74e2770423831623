package io.kraft.engine;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.kraft.client.WorkflowQuery;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.NamedStep;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.testing.ProxiedWorkflow;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.InvalidCallException;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Lambdas that record a call, and make something of its result, which nobody would see.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class CallCaptureTests {

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final TestEngine engine = new TestEngine();

	private final ProxiedWorkflow count = flow("count", int.class, 7);

	private final ProxiedWorkflow total = flow("total", double.class, 7.5);

	private final ProxiedWorkflow initial = flow("initial", char.class, 'x');

	private final ProxiedWorkflow small = flow("small", byte.class, (byte) 1);

	private final ProxiedWorkflow isOpen = flow("isOpen", boolean.class, true);

	private final ProxiedWorkflow name = flow("name", String.class, "ada");

	@AfterEach
	void close() {
		this.engine.close();
	}

	private ProxiedWorkflow flow(String name, Type type, Object result) {
		return ProxiedWorkflow.define(this.engine, name, MethodSignature.of(type), (arguments) -> result);
	}

	private int count() throws Exception {
		return this.count.<Integer>call();
	}

	private List<Callable<?>> computing() {
		return List.of(() -> "<" + this.name.call() + ">", () -> count() * 2, () -> count() + 1, () -> count() == 0,
				() -> count() > 0, () -> -count(), () -> String.valueOf(count()), () -> (long) count() << 1,
				() -> this.total.<Double>call() * 2, () -> -this.total.<Double>call(),
				() -> !this.isOpen.<Boolean>call(), () -> (char) (this.initial.<Character>call() + 1),
				() -> this.small.<Byte>call() / 2, () -> this.isOpen.<Boolean>call() ? 1 : 0, () -> {
					this.name.call();
					return 0;
				}, () -> {
					this.name.call();
					return false;
				}, () -> List.of(count()));
	}

	@Test
	void whatALambdaComputesOfTheResultIsRefusedAndNothingIsStarted() {
		this.engine.start();

		assertThat(computing()).allSatisfy((lambda) -> {
			assertRefused(() -> this.engine.client().start(lambda));
			assertRefused(() -> this.engine.client().startAsync(lambda));
		});
		assertThat(this.engine.client().list(WorkflowQuery.all()).items()).isEmpty();
	}

	@Test
	void theSameHoldsForChildren() {
		List<String> accepted = new ArrayList<>();
		this.engine.workflow("parent", String.class, (argument) -> {
			computing().forEach(each((lambda) -> {
				this.workflow.startChild(lambda);
				accepted.add(lambda.toString());
			}));
			return "done";
		}).start();

		assertThat(this.engine.run("parent", "p", "x").result()).isEqualTo("done");
		assertThat(accepted).isEmpty();
		assertThat(this.engine.client().list(WorkflowQuery.all()).items()).hasSize(1);
	}

	private static Consumer<Callable<?>> each(Consumer<Callable<?>> action) {
		return (lambda) -> {
			try {
				action.accept(lambda);
			}
			catch (InvalidCallException ex) {
				assertThat(ex).hasMessageContaining("returned a value of its own");
			}
		};
	}

	@Test
	void theSameHoldsForItemsOfQueues() {
		NamedStep[] step = new NamedStep[1];
		StepDefinition definition = StepDefinition.of("weigh", MethodSignature.of(long.class, String.class),
				RetryPolicy.defaults());
		this.engine.namedStep(definition, (argument) -> 7L).start();
		step[0] = new NamedStep(definition, "a test",
				(arguments) -> this.engine.engine().calls().step(definition, arguments, (copies) -> 7L));

		assertRefused(() -> this.engine.client().enqueue("q", () -> weigh(step[0]) * 2));
		assertRefused(() -> this.engine.client().enqueueAsync("q", () -> weigh(step[0]) == 0));
		assertThat(this.engine.client().<Long>enqueue("q", () -> weigh(step[0])).result()).isEqualTo(7);
	}

	private static long weigh(NamedStep step) throws Exception {
		try {
			return (long) step.body().call(new Object[] { "x" });
		}
		catch (Exception | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void aResultThatTheLambdaConvertsIsRefusedBecauseTheHandleWouldPromiseAnotherType() {
		this.engine.start();
		List<Callable<?>> lambdas = List.of(() -> (long) count(), () -> (double) count(), () -> (float) count(),
				() -> (int) this.initial.<Character>call(), () -> (long) this.small.<Byte>call());

		assertThat(lambdas).allSatisfy((lambda) -> assertThatExceptionOfType(InvalidCallException.class)
			.isThrownBy(() -> this.engine.client().start(lambda))
			.withMessageStartingWith("KRAFT-1008")
			.withMessageContaining("it converted the result of '")
			.withMessageContaining("convert the result() of the handle"));
		assertThatExceptionOfType(InvalidCallException.class)
			.isThrownBy(() -> this.engine.client().start(() -> (long) count()))
			.withMessageContaining("'count', a int, to a java.lang.Long");
		assertThat(this.engine.client().list(WorkflowQuery.all()).items()).isEmpty();
	}

	@Test
	void aBoxedResultThatTheLambdaUnboxesIsRefusedWithWhatIsWrong() {
		ProxiedWorkflow boxed = flow("boxed", Integer.class, 7);
		this.engine.start();

		assertThatExceptionOfType(InvalidCallException.class)
			.isThrownBy(() -> this.engine.client().start(() -> (long) boxed.<Integer>call()))
			.withMessageContaining("it used the result of 'boxed', which is null while the call is recorded")
			.withMessageContaining("java.lang.Integer");
		assertThat(this.engine.client().<Integer>start(() -> boxed.<Integer>call()).result()).isEqualTo(7);
	}

	@Test
	void theResultItselfIsAcceptedAndSoIsNone() {
		this.engine.start();
		List<Callable<?>> lambdas = List.of(this::count, this.total::<Double>call, this.isOpen::<Boolean>call,
				this.name::<String>call, () -> {
					count();
					return null;
				});

		assertThat(lambdas).allSatisfy((lambda) -> assertThat(this.engine.client().start(lambda).result()).isNotNull());
		assertThat(this.engine.client().start(() -> {
			count();
		}).id()).isNotBlank();
	}

	@Test
	void twoCallsAndNoneAreRefused() {
		this.engine.start();

		assertThatExceptionOfType(InvalidCallException.class)
			.isThrownBy(() -> this.engine.client().start(() -> count() + count()))
			.withMessageContaining("it called 'count' and 'count'");
		assertThatExceptionOfType(InvalidCallException.class).isThrownBy(() -> this.engine.client().start(() -> 7))
			.withMessageContaining("it made none");
		assertThat(this.engine.client().list(WorkflowQuery.all()).items()).isEmpty();
	}

	private static void assertRefused(Callable<?> start) {
		assertThatExceptionOfType(InvalidCallException.class).isThrownBy(start::call)
			.withMessageStartingWith("KRAFT-1008")
			.withMessageContaining("returned a value of its own");
	}

}
