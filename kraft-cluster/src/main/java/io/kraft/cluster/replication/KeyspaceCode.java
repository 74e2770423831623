package io.kraft.cluster.replication;

import io.kraft.engine.store.kv.Keyspace;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that stand for keyspaces in entries. They never change: entries outlive the
 * version that wrote them, and order and names of the constants may change.
 */
final class KeyspaceCode {

	private KeyspaceCode() {
	}

	static int of(Keyspace space) {
		return switch (space) {
			case META -> 1;
			case JOURNAL -> 2;
			case RUNS -> 3;
			case TIMERS -> 4;
			case INDEX -> 5;
			case MESSAGES -> 6;
		};
	}

	/**
	 * Null if no keyspace has the code.
	 */
	static @Nullable Keyspace space(int code) {
		return switch (code) {
			case 1 -> Keyspace.META;
			case 2 -> Keyspace.JOURNAL;
			case 3 -> Keyspace.RUNS;
			case 4 -> Keyspace.TIMERS;
			case 5 -> Keyspace.INDEX;
			case 6 -> Keyspace.MESSAGES;
			default -> null;
		};
	}

}
