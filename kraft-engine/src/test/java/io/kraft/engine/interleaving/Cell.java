package io.kraft.engine.interleaving;

import java.util.ArrayList;
import java.util.List;

/**
 * One case of the matrix. Its name is {@code state/first/point/second}.
 *
 * @param state of the run when the first operation comes
 * @param point which commit of the first operation is held while the second one comes
 */
record Cell(RunState state, Operation first, Point point, Operation second) {

	/**
	 * Every cell with this first operation.
	 */
	static List<Cell> of(Operation first) {
		List<Cell> cells = new ArrayList<>();
		for (RunState state : RunState.values()) {
			for (Point point : Point.values()) {
				for (Operation second : Operation.values()) {
					if (first.isPossibleIn(state) && second.isPossibleIn(state)) {
						cells.add(new Cell(state, first, point, second));
					}
				}
			}
		}
		return cells;
	}

	@Override
	public String toString() {
		return this.state + "/" + this.first + "/" + this.point + "/" + this.second;
	}

}
