package io.kraft.engine.control;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import io.kraft.engine.partition.WrittenAnswer;
import io.kraft.engine.routing.Call;
import io.kraft.engine.run.RunClaims;
import io.kraft.engine.run.RunEnvironment;
import io.kraft.engine.store.AnsweredRequest;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.RepeatedRequestException;
import org.jspecify.annotations.Nullable;

/**
 * Gives each request that comes from another process its effect once, however often its
 * caller repeats it. Thread-safe.
 * <p>
 * Its answer is written in the commit of its effect, and looked up before all else: a
 * repeated request to delete a run finds the answer, not that there is no such run. Crash
 * before that commit: nothing has happened, and the next attempt has the effect. After
 * it: the next attempt gets the answer, from the next owner too. Attempts that meet wait
 * for each other; where they meet at the disk all the same, the store refuses the later
 * one. A request without an effect, such as one that is refused, is not remembered: the
 * next attempt is decided anew.
 */
public final class RepeatableRequests {

	private final RunEnvironment environment;

	private final RunClaims claims = new RunClaims();

	/**
	 * The requests to a partition.
	 */
	public RepeatableRequests(RunEnvironment environment) {
		this.environment = environment;
	}

	/**
	 * Makes a request, or finds its answer.
	 * @param effect has it, and is durable when it returns; its commit has what goes with
	 * the answer
	 * @param answered makes the same of an answer that was written
	 * @throws io.kraft.client.OverloadedException if the caller has given up, and the
	 * request has had no effect
	 */
	public <T extends @Nullable Object> T make(Call call, Function<WrittenAnswer, T> effect,
			Function<String, T> answered) {
		if (!call.isTransported()) {
			return effect.apply(WrittenAnswer.NONE);
		}
		return this.claims.whileClaimed(call.id(), () -> {
			Optional<AnsweredRequest> before = find(call);
			if (before.isPresent()) {
				return answered.apply(before.get().answer());
			}
			call.checkInTime();
			try {
				return effect.apply((started) -> answer(call, started));
			}
			catch (RepeatedRequestException ex) {
				return answered.apply(find(call).orElseThrow(() -> ex).answer());
			}
		});
	}

	private Optional<AnsweredRequest> find(Call call) {
		return this.environment.partition().store().answeredRequest(call.id());
	}

	private List<Change> answer(Call call, long started) {
		call.checkInTime();
		String answer = (started > 0) ? Long.toString(started) : "";
		return List.of(new Change.RequestAnswered(new AnsweredRequest(call.id(), answer, this.environment.now())));
	}

}
