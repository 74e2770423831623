package io.kraft.benchmark;

import java.util.Locale;

/**
 * Prints what was measured, a line each.
 */
final class Table {

	private Table() {
	}

	static void title(String title) {
		System.out.println();
		System.out.println(title);
	}

	@SuppressWarnings("AnnotateFormatMethod") // The annotation would be a dependency of
												// its own.
	static void row(String name, String format, Object... values) {
		System.out.printf(Locale.ROOT, "  %-28s %s%n", name, String.format(Locale.ROOT, format, values));
	}

}
