package io.kraft.cluster.management;

import org.jspecify.annotations.Nullable;

/**
 * What has become of a command.
 *
 * @param table behind it; null if there is no cluster yet
 * @param refusal why it changed nothing; null if it was accepted. A command whose effect
 * is there already is accepted, and changes nothing
 */
public record Applied(@Nullable ClusterTable table, @Nullable Refusal refusal) {

	static Applied accepted(ClusterTable table) {
		return new Applied(table, null);
	}

	static Applied refused(@Nullable ClusterTable table, String code, String reason) {
		return new Applied(table, new Refusal(code, reason));
	}

	/**
	 * Why a command was refused.
	 *
	 * @param code of the error
	 * @param reason for people
	 */
	public record Refusal(String code, String reason) {

		/** Refused to join. */
		public static final String JOIN = "KRAFT-5003";

		/** Not possible now. */
		public static final String NOT_NOW = "KRAFT-5005";

		/** Fixed at creation. */
		public static final String FIXED = "KRAFT-5008";

		/** The member does not understand the format that others write. */
		public static final String FORMAT = "KRAFT-5009";

	}

}
