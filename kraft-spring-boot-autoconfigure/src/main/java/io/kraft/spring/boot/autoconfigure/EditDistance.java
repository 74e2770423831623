package io.kraft.spring.boot.autoconfigure;

/**
 * Damerau and Levenshtein's distance, by optimal string alignment: how many letters must
 * be changed, added or removed, or swapped with their neighbour.
 */
final class EditDistance {

	private EditDistance() {
	}

	static int of(String left, String right) {
		int[] beforeLast = new int[right.length() + 1];
		int[] last = new int[right.length() + 1];
		for (int column = 0; column < last.length; column++) {
			last[column] = column;
		}
		for (int line = 1; line <= left.length(); line++) {
			int[] row = new int[right.length() + 1];
			row[0] = line;
			for (int column = 1; column < row.length; column++) {
				boolean same = left.charAt(line - 1) == right.charAt(column - 1);
				row[column] = Math.min(last[column - 1] + (same ? 0 : 1), Math.min(last[column], row[column - 1]) + 1);
				if (isSwapped(left, line, right, column)) {
					row[column] = Math.min(row[column], beforeLast[column - 2] + 1);
				}
			}
			beforeLast = last;
			last = row;
		}
		return last[right.length()];
	}

	/** Of letters that end there. */
	private static boolean isSwapped(String left, int line, String right, int column) {
		return line > 1 && column > 1 && left.charAt(line - 1) == right.charAt(column - 2)
				&& left.charAt(line - 2) == right.charAt(column - 1);
	}

}
