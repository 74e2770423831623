package io.kraft.test.journal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import io.kraft.client.OperationView;

/**
 * A journal as a table: a line for each operation.
 */
public final class JournalTable {

	private static final int LONGEST_CELL = 100;

	private static final List<String> HEAD = List.of("position", "kind", "name", "attempts", "arguments", "outcome");

	private JournalTable() {
	}

	/**
	 * The table, each line with a line break.
	 */
	public static String of(List<OperationView> journal) {
		List<List<String>> rows = new ArrayList<>();
		rows.add(HEAD);
		journal.forEach((view) -> rows.add(row(view)));
		int[] widths = new int[HEAD.size()];
		for (List<String> row : rows) {
			for (int column = 0; column < widths.length; column++) {
				widths[column] = Math.max(widths[column], row.get(column).length());
			}
		}
		StringBuilder table = new StringBuilder();
		rows.forEach((row) -> append(table, row, widths));
		return table.toString();
	}

	private static List<String> row(OperationView view) {
		return List.of(view.position(), view.kind(), view.name(),
				(view.attempts() > 0) ? Integer.toString(view.attempts()) : "",
				shorten(Objects.requireNonNullElse(view.arguments(), "")), shorten(outcome(view)));
	}

	private static String outcome(OperationView view) {
		if (view.outcome() != null) {
			return view.outcome();
		}
		if (view.failure() != null) {
			return "failed: " + view.failure();
		}
		if (view.finishedAt() != null) {
			return "";
		}
		return (view.dueAt() != null) ? "open, due " + view.dueAt() : "open";
	}

	private static String shorten(String cell) {
		String line = cell.replaceAll("\\R", " ");
		return (line.length() <= LONGEST_CELL) ? line : line.substring(0, LONGEST_CELL) + "…";
	}

	private static void append(StringBuilder table, List<String> row, int[] widths) {
		StringBuilder line = new StringBuilder("  ");
		for (int column = 0; column < widths.length; column++) {
			char[] padding = new char[widths[column] - row.get(column).length() + 2];
			Arrays.fill(padding, ' ');
			line.append(row.get(column)).append(padding);
		}
		table.append(line.toString().stripTrailing()).append('\n');
	}

}
