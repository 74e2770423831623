package io.kraft.cluster.discovery;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

class DiscoveryTests {

	@Test
	void seedsAreAsConfigured() {
		try (StaticDiscovery discovery = new StaticDiscovery(List.of("a", "b:1", "a:7800"), 7800)) {
			assertThat(discovery.addresses()).containsExactly("a:7800", "b:1");
		}
	}

	@Test
	void aNameHasAllItsAddresses() {
		try (DnsDiscovery discovery = new DnsDiscovery("localhost", 7800)) {
			assertThat(discovery.addresses()).contains("127.0.0.1:7800");
		}
	}

	@Test
	void aUrlIsNoName() {
		assertThatThrownBy(() -> new DnsDiscovery("_ldap://example.test/x", 1)).hasMessageContaining("no name in DNS");
	}

	@Test
	void aNameThatIsUnknownHasNone() {
		try (DnsDiscovery discovery = new DnsDiscovery("kraft.invalid", 7800)) {
			assertThat(discovery.addresses()).isEmpty();
		}
	}

	@Test
	void aServiceHasTheHostsAndPortsOfItsRecords() throws Exception {
		try (SrvServer server = new SrvServer("_kraft._tcp.example.test",
				List.of("10 5 7801 node-1.example.test", "10 5 7802 node-2.example.test", "0 0 0 bad.test",
						"0 0 7800 "));
				DnsDiscovery discovery = new DnsDiscovery("_kraft._tcp.example.test", 7800, server.url())) {
			assertThat(discovery.addresses()).containsExactlyInAnyOrder("node-1.example.test:7801",
					"node-2.example.test:7802");
		}
	}

	@Test
	void aServiceThatIsUnknownHasNone() throws Exception {
		try (SrvServer server = new SrvServer("_kraft._tcp.example.test", List.of());
				DnsDiscovery discovery = new DnsDiscovery("_other._tcp.example.test", 7800, server.url())) {
			assertThat(discovery.addresses()).isEmpty();
		}
	}

	@Test
	void aServerThatRefusesIsReported() throws Exception {
		try (SrvServer server = new SrvServer("_kraft._tcp.example.test", null);
				DnsDiscovery discovery = new DnsDiscovery("_kraft._tcp.example.test", 7800, server.url())) {
			assertThatThrownBy(discovery::addresses).isInstanceOf(DiscoveryException.class)
				.hasMessageContaining("_kraft._tcp.example.test");
		}
	}

	@Test
	void nodesOfOneClusterFindEachOtherByMulticast() throws Exception {
		Optional<InetAddress> multicast = multicast();
		assumeThat(multicast).as("an interface with multicast").isPresent();
		Duration patience = Duration.ofMillis(500);
		try (MdnsDiscovery one = new MdnsDiscovery(multicast.get(), "kraft", patience);
				MdnsDiscovery two = new MdnsDiscovery(multicast.get(), "kraft", patience)) {
			CompletableFuture<Void> announced = CompletableFuture.runAsync(() -> one.announce("n1", "127.0.0.1:7801"));
			two.announce("n2", "host-2.local:7802");
			announced.get();

			await().untilAsserted(() -> assertThat(one.addresses()).contains("host-2.local:7802"));
			try (MdnsDiscovery other = new MdnsDiscovery(multicast.get(), "other", patience)) {
				assertThat(other.addresses()).isEmpty();
			}
		}
	}

	private static Optional<InetAddress> multicast() throws SocketException {
		return NetworkInterface.networkInterfaces()
			.filter(DiscoveryTests::isUsable)
			.flatMap(NetworkInterface::inetAddresses)
			.filter(Inet4Address.class::isInstance)
			.findFirst();
	}

	private static boolean isUsable(NetworkInterface one) {
		try {
			return one.isUp() && one.supportsMulticast() && !one.isLoopback();
		}
		catch (SocketException ex) {
			return false;
		}
	}

}
