package io.kraft.cluster.discovery;

import java.util.List;

/**
 * A source of addresses of nodes: an extension point, of which a node may have several.
 * What it answers are hints. An address may be that of no node, of this one, or of one of
 * another cluster; the transport refuses what does not belong together. Thread-safe.
 */
public interface Discovery extends AutoCloseable {

	/**
	 * Addresses that are known now, as {@code host:port}; may be empty. May block for
	 * some seconds; asked every few seconds while a node is alone, less often later.
	 * @throws DiscoveryException if they cannot be had now; asked again later
	 */
	List<String> addresses();

	/**
	 * Lets others find this node, if that is how the source works. Called once, before
	 * the first look.
	 * @param node its id
	 * @param address of this node, as {@code host:port}
	 * @throws DiscoveryException if that is not possible
	 */
	default void announce(String node, String address) {
	}

	/**
	 * Ends it; what was announced is withdrawn.
	 */
	@Override
	default void close() {
	}

}
