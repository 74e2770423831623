package io.kraft.cluster.discovery;

import java.util.List;

import io.kraft.cluster.transport.Address;

/**
 * Addresses that are configured ({@code kraft.cluster.seed-nodes}). Not all nodes need be
 * among them: who finds one finds all.
 */
public final class StaticDiscovery implements Discovery {

	private final List<String> addresses;

	/**
	 * Of addresses.
	 * @param seeds as {@code host} or {@code host:port}
	 * @param defaultPort of those that have none
	 * @throws IllegalArgumentException if one is no address
	 */
	public StaticDiscovery(List<String> seeds, int defaultPort) {
		this.addresses = seeds.stream().map((seed) -> Address.parse(seed, defaultPort).toString()).distinct().toList();
	}

	@Override
	public List<String> addresses() {
		return this.addresses;
	}

	@Override
	public String toString() {
		return "seed nodes " + this.addresses;
	}

}
