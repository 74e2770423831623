package io.kraft.engine.call;

import java.lang.reflect.Type;
import java.util.Map;
import java.util.Optional;

import io.kraft.engine.definition.Definitions;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.journal.Failure;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.PayloadConverter;
import io.kraft.engine.journal.failure.Failures;
import io.kraft.engine.routing.Completion;
import io.kraft.engine.store.RunRow;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.WorkflowFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Reads how runs have ended as values and exceptions of the application.
 */
public final class RunResults {

	private final Definitions definitions;

	private final PayloadConverter payloads;

	public RunResults(Definitions definitions, PayloadConverter payloads) {
		this.definitions = definitions;
		this.payloads = payloads;
	}

	/**
	 * The result of a run.
	 * @param type how to read it; null leaves that to the workflow's definition
	 * @throws WorkflowFailedException if it failed; the cause is the workflow's own
	 * exception
	 * @throws KraftException that says so, if it was cancelled, timed out or terminated
	 */
	public @Nullable Object value(Completion completion, @Nullable Type type) {
		return switch (completion.outcome()) {
			case Outcome.Success(Payload value) ->
				this.payloads.read(value, (type != null) ? type : resultType(completion),
						"the result of run '" + completion.row().id() + "'");
			case Outcome.Failed(Failure failure) -> throw failed(completion, failure);
		};
	}

	/**
	 * The result of a run for its direct caller.
	 * @throws Throwable the workflow's own exception, if it can be restored
	 */
	public @Nullable Object valueForCaller(Completion completion) throws Throwable {
		if (completion.outcome() instanceof Outcome.Failed(Failure failure)) {
			Throwable own = restore(completion, failure);
			throw own.getClass().getName().equals(failure.type()) ? own : failed(completion, failure, own);
		}
		return value(completion, null);
	}

	private KraftException failed(Completion completion, Failure failure) {
		Throwable own = restore(completion, failure);
		boolean hasFailed = switch (completion.row().status()) {
			case FAILED, DEAD -> true;
			default -> false;
		};
		return (!hasFailed && own instanceof KraftException stopped) ? stopped : failed(completion, failure, own);
	}

	private WorkflowFailedException failed(Completion completion, Failure failure, Throwable cause) {
		return new WorkflowFailedException("run '" + completion.row().id() + "' (" + completion.row().name()
				+ ") failed with " + failure.summary() + ". See docs/reference/errors.md#kraft-2005", cause,
				completion.row().id());
	}

	private Throwable restore(Completion completion, Failure failure) {
		Map<String, String> place = Map.of("runId", completion.row().id());
		return signature(completion).map((signature) -> Failures.restore(failure, signature, place))
			.orElseGet(() -> Failures.restoreUnchecked(failure, place));
	}

	private Optional<MethodSignature> signature(Completion completion) {
		RunRow row = completion.row();
		return this.definitions.find(row.name(), row.version(), row.step()).map(WorkflowDefinition::signature);
	}

	private Type resultType(Completion completion) {
		return signature(completion).map(MethodSignature::resultType).orElse(Object.class);
	}

}
