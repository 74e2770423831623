package io.kraft.engine.routing;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The slots over which ids are spread. What an id's slot is never changes: the data of
 * every installation depends on it.
 */
public final class Slots {

	/** How many there are. */
	public static final int COUNT = 4096;

	/** The fraction of the golden ratio: neighbours are spread. */
	private static final long SPREAD = 0x9E3779B97F4A7C15L;

	private static final int SLOT_BITS = 12;

	private Slots() {
	}

	/**
	 * The slot of a run's id.
	 * @return 0 to 4095
	 */
	public static int of(String id) {
		CRC32C checksum = new CRC32C();
		checksum.update(id.getBytes(StandardCharsets.UTF_8));
		return (int) ((checksum.getValue() * SPREAD) >>> (Long.SIZE - SLOT_BITS));
	}

	/**
	 * The slot of a schedule, from whose partition it is fired.
	 */
	public static int ofSchedule(String name) {
		return of("schedule:" + name);
	}

}
