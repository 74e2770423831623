package io.kraft.engine.control;

import java.util.HashMap;
import java.util.Map;

import io.kraft.engine.journal.Position;

/**
 * Where lines of execution are cut: an operation, all that comes behind it on its line,
 * and all below these. Not thread-safe.
 */
final class LineCuts {

	private final Map<Position, Integer> firstOfLine = new HashMap<>();

	/**
	 * Cuts a line before an operation.
	 */
	void add(Position position) {
		this.firstOfLine.merge(position.parent(), position.number(position.depth() - 1), Math::min);
	}

	/**
	 * Whether an operation is cut off.
	 */
	boolean isBehind(Position position) {
		Position at = position;
		while (at.depth() > 0) {
			Integer first = this.firstOfLine.get(at.parent());
			if (first != null && at.number(at.depth() - 1) >= first) {
				return true;
			}
			at = at.parent();
		}
		return false;
	}

}
