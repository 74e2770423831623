package io.kraft.engine.testing;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

import com.sun.management.ThreadMXBean;
import io.kraft.workflow.KraftException;

/**
 * Bytes as a damaged disk or a hostile caller gives them to a decoder. It may read them,
 * or refuse them by an exception with a code; no other exception, no exhausted stack, and
 * no more memory than the bytes are worth.
 * <p>
 * {@code -Dkraft.test.fuzz} tries more of them, {@code -Dkraft.test.seed} others.
 */
public final class HostileBytes {

	private static final int ROUNDS = Integer.getInteger("kraft.test.fuzz", 5_000);

	private static final long SEED = Long.getLong("kraft.test.seed", 42);

	/** What an exception, its message and its trace cost, and what is loaded once. */
	private static final long FREE_BYTES = 8L << 20;

	private static final long BYTES_PER_BYTE = 2_000;

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private HostileBytes() {
	}

	/**
	 * Changes sound bytes at random and has them decoded, always the same ones.
	 */
	public static void tryAll(List<byte[]> sound, Consumer<byte[]> decoder) {
		tryAll(sound, 1, decoder);
	}

	/**
	 * As {@link #tryAll(List, Consumer)}, for a decoder that is slow.
	 * @param divisor of the number of tries
	 */
	public static void tryAll(List<byte[]> sound, int divisor, Consumer<byte[]> decoder) {
		Random random = new Random(SEED);
		sound.forEach(decoder);
		for (int round = 0; round < ROUNDS / divisor; round++) {
			byte[] bytes = sound.get(random.nextInt(sound.size()));
			for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
				bytes = changed(bytes, sound, random);
			}
			tryOne(bytes, decoder);
		}
	}

	/**
	 * Has bytes decoded.
	 * @throws AssertionError if the decoder does anything but read or refuse them
	 */
	public static void tryOne(byte[] bytes, Consumer<byte[]> decoder) {
		long before = THREADS.getCurrentThreadAllocatedBytes();
		try {
			decoder.accept(bytes);
		}
		catch (KraftException ex) {
			checkCoded(ex);
		}
		catch (Throwable ex) {
			throw new AssertionError(described(bytes) + " leads to " + ex.getClass().getName(), ex);
		}
		long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
		if (allocated > FREE_BYTES + BYTES_PER_BYTE * bytes.length) {
			throw new AssertionError(described(bytes) + " takes " + allocated + " bytes of memory");
		}
	}

	/**
	 * Reads something of several that may each be refused.
	 */
	public static void readOrRefuse(Runnable read) {
		try {
			read.run();
		}
		catch (KraftException ex) {
			checkCoded(ex);
		}
	}

	private static void checkCoded(KraftException refusal) {
		if (!refusal.code().startsWith("KRAFT-")) {
			throw new AssertionError("refused without a code", refusal);
		}
	}

	private static byte[] changed(byte[] bytes, List<byte[]> sound, Random random) {
		if (bytes.length == 0) {
			return new byte[] { (byte) random.nextInt() };
		}
		int at = random.nextInt(bytes.length);
		return switch (random.nextInt(7)) {
			case 0 -> with(bytes, at, (byte) random.nextInt());
			case 1 -> with(bytes, at, (byte) (bytes[at] ^ (1 << random.nextInt(8))));
			case 2 -> with(bytes, at, random.nextBoolean() ? (byte) 0xFF : (byte) 0x7F);
			case 3 -> Arrays.copyOf(bytes, at);
			case 4 -> joined(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at + 1, bytes.length));
			case 5 -> joined(Arrays.copyOfRange(bytes, 0, at), Arrays.copyOfRange(bytes, at / 2, bytes.length));
			default -> {
				byte[] other = sound.get(random.nextInt(sound.size()));
				yield joined(Arrays.copyOf(bytes, at),
						Arrays.copyOfRange(other, random.nextInt(other.length + 1), other.length));
			}
		};
	}

	private static byte[] with(byte[] bytes, int at, byte value) {
		byte[] changed = bytes.clone();
		changed[at] = value;
		return changed;
	}

	private static byte[] joined(byte[] first, byte[] second) {
		byte[] joined = Arrays.copyOf(first, first.length + second.length);
		System.arraycopy(second, 0, joined, first.length, second.length);
		return joined;
	}

	private static String described(byte[] bytes) {
		String hex = HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, 2_000));
		return "what begins with " + hex + " (" + bytes.length + " bytes, seed " + SEED + ")";
	}

}
