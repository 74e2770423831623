package io.kraft.cluster.membership;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Who a member is, written {@code <node-id>~<incarnation>}. An incarnation is drawn with
 * the data directory: a node whose directory was emptied, or whose address is another
 * one, is another member.
 *
 * @param node of up to 64 letters, digits, dots, dashes and underscores
 * @param incarnation any number
 */
public record MemberId(String node, long incarnation) implements Comparable<MemberId> {

	private static final Pattern NODE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

	private static final Pattern INCARNATION = Pattern.compile("[0-9a-f]{1,16}");

	private static final char SEPARATOR = '~';

	private static final int HEXADECIMAL = 16;

	/**
	 * Checks the name.
	 * @throws IllegalArgumentException if it is not one that a node can have
	 */
	public MemberId {
		if (!NODE.matcher(node).matches()) {
			throw new IllegalArgumentException(
					"a node id has up to 64 letters, digits, '.', '-' and '_', but it is '" + node + "'");
		}
	}

	/**
	 * What {@link #toString()} has written.
	 * @throws IllegalArgumentException if it was not written so
	 */
	public static MemberId parse(String text) {
		int separator = text.indexOf(SEPARATOR);
		String incarnation = text.substring(separator + 1);
		if (separator < 0 || !INCARNATION.matcher(incarnation).matches()
				|| (incarnation.length() > 1 && incarnation.startsWith("0"))) {
			throw new IllegalArgumentException("'" + text + "' is not <node-id>~<incarnation>");
		}
		return new MemberId(text.substring(0, separator), Long.parseUnsignedLong(incarnation, HEXADECIMAL));
	}

	@Override
	public int compareTo(MemberId other) {
		int order = this.node.compareTo(other.node);
		return (order != 0) ? order : Long.compareUnsigned(this.incarnation, other.incarnation);
	}

	@Override
	public String toString() {
		return this.node + SEPARATOR + Long.toHexString(this.incarnation).toLowerCase(Locale.ROOT);
	}

}
