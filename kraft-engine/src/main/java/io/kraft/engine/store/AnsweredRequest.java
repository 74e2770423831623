package io.kraft.engine.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A request that came from another process and has had its effect: a repetition of it
 * gets the same answer, and has none. It outlives the run that it was about.
 *
 * @param id chosen by the caller, the same in each repetition
 * @param answer what the caller gets, such as the id of the run that was started; no
 * value of the application, and empty if there is nothing to answer
 * @param at when it was answered, in whole milliseconds
 */
public record AnsweredRequest(String id, String answer, Instant at) {

	public AnsweredRequest {
		at = at.truncatedTo(ChronoUnit.MILLIS);
	}

}
