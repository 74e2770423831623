package io.kraft.engine.interleaving;

import java.util.Arrays;

/**
 * Executes one cell of the matrix, by its name, for who tests the tests.
 */
public final class CellProbe {

	private CellProbe() {
	}

	/**
	 * Executes a cell.
	 * @param name as {@link Cell#toString()} gives it
	 * @throws AssertionError if something is not as it must be
	 */
	public static void execute(String name) throws InterruptedException {
		Cell cell = Arrays.stream(Operation.values())
			.flatMap((first) -> Cell.of(first).stream())
			.filter((known) -> known.toString().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("There is no cell '" + name + "'"));
		if (!CellRun.execute(cell)) {
			throw new IllegalArgumentException("The first operation of the cell '" + name + "' makes no such commit");
		}
	}

}
