package io.kraft.engine;

import java.util.Objects;

import io.kraft.engine.hosting.PartitionHost;

/**
 * Reaches what an engine hosts, to take and release partitions while it runs, as an
 * ownership of many nodes does.
 */
public final class HostAccess {

	private HostAccess() {
	}

	/**
	 * The host of an engine that has started.
	 */
	public static PartitionHost of(KraftEngine engine) {
		try {
			var current = KraftEngine.class.getDeclaredField("current");
			current.setAccessible(true);
			return Objects.requireNonNull(((CurrentSession) current.get(engine)).find()).host();
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
