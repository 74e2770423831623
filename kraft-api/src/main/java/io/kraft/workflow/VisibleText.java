package io.kraft.workflow;

/**
 * Makes visible what is not: control characters, of which a line break could begin a
 * false line in a log; marks that change the direction of a text, which could show it in
 * another order; line separators; and unpaired surrogates, which cannot be encoded.
 *
 * @since 0.1.0
 */
public final class VisibleText {

	private VisibleText() {
	}

	/**
	 * The text with an escape such as <code>&#92;n</code> or <code>&#92;u202E</code> in
	 * place of each hidden character. What was escaped stays as it is.
	 */
	public static String escape(String text) {
		int hidden = indexOfHidden(text);
		if (hidden < 0) {
			return text;
		}
		StringBuilder visible = new StringBuilder(text.length() + 16).append(text, 0, hidden);
		for (int i = hidden; i < text.length();) {
			int point = text.codePointAt(i);
			append(point, visible);
			i += Character.charCount(point);
		}
		return visible.toString();
	}

	/**
	 * Where the first hidden character is; -1 if there is none.
	 */
	static int indexOfHidden(String text) {
		for (int i = 0; i < text.length();) {
			int point = text.codePointAt(i);
			if (isHidden(point)) {
				return i;
			}
			i += Character.charCount(point);
		}
		return -1;
	}

	private static boolean isHidden(int point) {
		if (point < 0x7F) {
			return point < ' ';
		}
		return point <= 0x9F || point == 0x061C || point == 0x200E || point == 0x200F
				|| (point >= 0x2028 && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069)
				|| (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
	}

	private static void append(int point, StringBuilder visible) {
		switch (point) {
			case '\n' -> visible.append("\\n");
			case '\r' -> visible.append("\\r");
			case '\t' -> visible.append("\\t");
			default -> {
				if (isHidden(point)) {
					visible.append("\\u%04X".formatted(point));
				}
				else {
					visible.appendCodePoint(point);
				}
			}
		}
	}

}
