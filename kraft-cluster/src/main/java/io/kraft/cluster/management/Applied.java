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
	 * @param code of {@link ClusterRefusalException}
	 * @param reason for people
	 */
	public record Refusal(String code, String reason) {
	}

}
