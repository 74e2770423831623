package io.kraft.spring.boot.autoconfigure;

/**
 * Levenshtein's distance: how many letters must be changed, added or removed.
 */
final class EditDistance {

	private EditDistance() {
	}

	static int of(String left, String right) {
		int[] row = new int[right.length() + 1];
		for (int column = 0; column < row.length; column++) {
			row[column] = column;
		}
		for (int line = 1; line <= left.length(); line++) {
			int diagonal = row[0];
			row[0] = line;
			for (int column = 1; column < row.length; column++) {
				int replaced = diagonal + ((left.charAt(line - 1) != right.charAt(column - 1)) ? 1 : 0);
				diagonal = row[column];
				row[column] = Math.min(replaced, Math.min(row[column], row[column - 1]) + 1);
			}
		}
		return row[right.length()];
	}

}
