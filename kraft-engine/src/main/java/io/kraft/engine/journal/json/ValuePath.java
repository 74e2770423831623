package io.kraft.engine.journal.json;

import java.util.List;

import io.kraft.engine.journal.MaskedTokens;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JacksonException.Reference;

/**
 * Where in a value something went wrong, as it is usually written:
 * {@code $.items[3].customer}.
 */
final class ValuePath {

	// The path into a cycle has hundreds of steps, and repeats itself.
	private static final int MAX_STEPS = 12;

	private ValuePath() {
	}

	/**
	 * The path that the exception carries.
	 * @param root path of the value that was being written or read
	 * @param secret whether names are left out: those of a map's entries are contents
	 */
	static String of(Throwable failure, String root, boolean secret) {
		StringBuilder path = new StringBuilder(root);
		List<Reference> steps = (failure instanceof JacksonException jackson) ? jackson.getPath() : List.of();
		for (Reference step : steps.subList(0, Math.min(steps.size(), MAX_STEPS))) {
			if (step.getPropertyName() != null) {
				path.append('.').append(secret ? "*" : step.getPropertyName());
			}
			else {
				path.append('[').append((step.getIndex() >= 0) ? step.getIndex() : "?").append(']');
			}
		}
		if (steps.size() > MAX_STEPS) {
			path.append("… (").append(steps.size() - MAX_STEPS).append(" more)");
		}
		return MaskedTokens.in(path.toString());
	}

}
