package io.kraft.cluster.transport.grpc;

import java.time.Duration;

/**
 * What a node spends at most on the calls of others. Every value must be the same on all
 * nodes, or larger on those that are called.
 *
 * @param frameBytes the largest request or answer, with its few bytes of header
 * @param heldBytes of requests that arrive or are handled and answers that are not
 * delivered yet, of all connections; at least two frames
 * @param calls that are handled at the same time, those that wait for news included
 * @param connections that are open at the same time, those of Raft included
 * @param patience the longest that a call may wait; a longer one is cut to it
 * @param handshake how long a new connection may take until it is secured
 * @param idle after which time a connection without a call is closed; it is opened again
 * by the next call
 */
public record GrpcLimits(int frameBytes, long heldBytes, int calls, int connections, Duration patience,
		Duration handshake, Duration idle) {

	/**
	 * For payloads of up to 4 MB, and Raft's own default of messages.
	 */
	public static final GrpcLimits DEFAULT = forPayloads(4 << 20);

	private static final int MEGABYTE = 1 << 20;

	public GrpcLimits {
		check(frameBytes >= 1024, "frameBytes", frameBytes, "at least 1024");
		check(heldBytes >= 2L * frameBytes, "heldBytes", heldBytes, "at least two frames, " + 2L * frameBytes);
		check(calls >= 1, "calls", calls, "at least 1");
		check(connections >= 1, "connections", connections, "at least 1");
		check(isPositive(patience), "patience", patience, "a positive duration");
		check(isPositive(handshake), "handshake", handshake, "a positive duration");
		check(isPositive(idle), "idle", idle, "a positive duration");
	}

	/**
	 * The limits of a node whose payloads have a largest size.
	 * @param payloadBytes {@code kraft.engine.max-payload-size}
	 */
	public static GrpcLimits forPayloads(int payloadBytes) {
		int frame = Math.addExact(payloadBytes, MEGABYTE);
		return new GrpcLimits(frame, Math.max(64L * MEGABYTE, 4L * frame), 8192, 1024, Duration.ofMinutes(5),
				Duration.ofSeconds(10), Duration.ofMinutes(10));
	}

	private static boolean isPositive(Duration duration) {
		return !duration.isZero() && !duration.isNegative();
	}

	private static void check(boolean holds, String name, Object value, String expected) {
		if (!holds) {
			throw new IllegalArgumentException(
					"The limit '%s' of calls between nodes is %s: expected %s".formatted(name, value, expected));
		}
	}

}
