package io.kraft.engine.reliability;

/**
 * Reports how much a test has tried, for the page.
 */
public final class Tally {

	static final String PREFIX = "counted: ";

	private Tally() {
	}

	/**
	 * Reports how many were tried.
	 * @param unit in the plural, such as {@code kills}
	 */
	public static void report(long count, String unit) {
		System.out.println(PREFIX + count + " " + unit);
	}

}
