package io.kraft.cluster.transport.grpc;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.apache.ratis.conf.Parameters;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.kraft.cluster.security.ClusterTls;
import io.kraft.cluster.security.SharedSecret;
import io.kraft.cluster.transport.Address;
import io.kraft.cluster.transport.Transport.Outcome;
import io.kraft.cluster.transport.TransportException;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/**
 * Raft and the calls of nodes on one port, under one TLS.
 */
class SharedPortTests {

	private final ClusterTls tls = SharedSecret.tls("8f14e45fceea167a5a36dedd4bea2543", null, "kraft",
			InstantSource.fixed(Instant.EPOCH));

	private final List<AutoCloseable> open = new ArrayList<>();

	@TempDir
	private Path directory;

	@AfterEach
	void close() throws Exception {
		for (AutoCloseable closeable : this.open.reversed()) {
			closeable.close();
		}
	}

	@Test
	void threeServersElectALeaderAndAnswerCallsOnTheSamePorts() throws Exception {
		List<RaftPeer> peers = new ArrayList<>();
		for (int port : freePorts(3)) {
			peers.add(RaftPeer.newBuilder().setId("node-" + port).setAddress("127.0.0.1:" + port).build());
		}
		RaftGroup group = RaftGroup.valueOf(RaftGroupId.valueOf(new UUID(1, 2)), peers);
		List<RaftServer> servers = new ArrayList<>();
		List<GrpcTransport> transports = new ArrayList<>();
		for (RaftPeer peer : peers) {
			GrpcTransport transport = new GrpcTransport(GrpcLimits.DEFAULT, this.tls);
			transport.serve("name", (request, remaining) -> peer.getId().toString().getBytes(UTF_8));
			transports.add(transport);
			servers.add(start(peer, group, transport));
		}

		await().atMost(Duration.ofSeconds(20)).until(() -> {
			long leaders = 0;
			for (RaftServer server : servers) {
				leaders += server.getDivision(group.getGroupId()).getInfo().isLeaderReady() ? 1 : 0;
			}
			return leaders == 1;
		});

		for (RaftPeer peer : peers) {
			Address address = Address.parse(peer.getAddress());
			byte[] answer = transports.getFirst().call(address, "name", new byte[0], Duration.ofSeconds(10));
			assertThat(answer).asString().isEqualTo(peer.getId().toString());
		}
		try (GrpcTransport stranger = new GrpcTransport(GrpcLimits.DEFAULT, null)) {
			Address address = Address.parse(peers.getFirst().getAddress());
			TransportException failure = catchThrowableOfType(TransportException.class,
					() -> stranger.call(address, "name", new byte[0], Duration.ofSeconds(10)));
			assertThat(failure.outcome()).isNotEqualTo(Outcome.REFUSED);
		}
	}

	private RaftServer start(RaftPeer peer, RaftGroup group, GrpcTransport transport) throws Exception {
		RaftProperties properties = new RaftProperties();
		Address address = Address.parse(peer.getAddress());
		GrpcConfigKeys.Server.setHost(properties, address.host());
		GrpcConfigKeys.Server.setPort(properties, address.port());
		RaftServerConfigKeys.setStorageDir(properties,
				List.of(this.directory.resolve(peer.getId().toString()).toFile()));
		Parameters parameters = new Parameters();
		transport.join(properties, parameters);
		RaftServer server = RaftServer.newBuilder()
			.setServerId(peer.getId())
			.setGroup(group)
			.setProperties(properties)
			.setParameters(parameters)
			.setStateMachine(new BaseStateMachine())
			.build();
		this.open.add(transport);
		this.open.add(server);
		server.start();
		return server;
	}

	private static List<Integer> freePorts(int count) throws Exception {
		List<ServerSocket> sockets = new ArrayList<>();
		List<Integer> ports = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
			ports.add(sockets.getLast().getLocalPort());
		}
		for (ServerSocket socket : sockets) {
			socket.close();
		}
		return ports;
	}

}
