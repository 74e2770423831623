package io.kraft.cluster.discovery;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import javax.jmdns.JmDNS;
import javax.jmdns.ServiceInfo;

import io.kraft.cluster.transport.Address;

/**
 * Addresses by multicast DNS (RFC 6762, RFC 6763) in the local network: for a desk or a
 * shelf of machines, not for a cloud, which passes no multicast on. Each node announces
 * {@code _kraft._tcp.local.} with the name of its cluster. Needs JmDNS, an optional
 * dependency.
 */
public final class MdnsDiscovery implements Discovery {

	private static final String TYPE = "_kraft._tcp.local.";

	private static final String CLUSTER = "cluster";

	private static final String ADDRESS = "address";

	private static final Duration LONGEST_CLOSE = Duration.ofMillis(800);

	private final JmDNS mdns;

	private final String cluster;

	private final Duration patience;

	/**
	 * On one interface of this machine.
	 * @param bind an address of that interface
	 * @param cluster its name; nodes of others are not seen
	 * @param patience how long a look waits for answers
	 * @throws DiscoveryException if the interface passes no multicast
	 */
	public MdnsDiscovery(InetAddress bind, String cluster, Duration patience) {
		this.cluster = cluster;
		this.patience = patience;
		try {
			this.mdns = JmDNS.create(bind);
		}
		catch (IOException ex) {
			throw new DiscoveryException("no multicast DNS on " + bind, ex);
		}
	}

	@Override
	public void announce(String node, String address) {
		Address own = Address.parse(address, 1);
		try {
			this.mdns.registerService(ServiceInfo.create(TYPE, node, own.port(), 0, 0,
					Map.of(CLUSTER, this.cluster, ADDRESS, own.toString())));
		}
		catch (IOException ex) {
			throw new DiscoveryException("this node cannot be announced by multicast DNS", ex);
		}
	}

	/**
	 * {@inheritDoc} That of this node may be among them.
	 */
	@Override
	public List<String> addresses() {
		List<String> addresses = new ArrayList<>();
		for (ServiceInfo service : this.mdns.list(TYPE, this.patience.toMillis())) {
			if (this.cluster.equals(service.getPropertyString(CLUSTER))) {
				add(addresses, service);
			}
		}
		return addresses.stream().distinct().toList();
	}

	/**
	 * As it announces itself, else as it was seen: anyone in the network may announce
	 * anything.
	 */
	private static void add(List<String> addresses, ServiceInfo service) {
		try {
			String announced = service.getPropertyString(ADDRESS);
			if (announced != null) {
				addresses.add(Address.parse(announced, service.getPort()).toString());
				return;
			}
			for (InetAddress host : service.getInetAddresses()) {
				// Link-local ones are of an interface, which may have another name here.
				if (!(host instanceof Inet6Address && host.isLinkLocalAddress())) {
					addresses.add(new Address(host.getHostAddress(), service.getPort()).toString());
				}
			}
		}
		catch (IllegalArgumentException ex) {
			// Not one that can be called.
		}
	}

	/**
	 * {@inheritDoc} The goodbye is sent soon; JmDNS waits up to five seconds longer,
	 * which the stop of a node does not.
	 */
	@Override
	public void close() {
		Thread closing = Thread.ofPlatform().daemon().name("kraft-mdns-close").start(this::closeNow);
		try {
			closing.join(LONGEST_CLOSE);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void closeNow() {
		try {
			this.mdns.close();
		}
		catch (IOException ex) {
			// Its sockets are closed or broken: either way it hears nothing any more.
		}
	}

	@Override
	public String toString() {
		return "multicast DNS for cluster " + this.cluster;
	}

}
