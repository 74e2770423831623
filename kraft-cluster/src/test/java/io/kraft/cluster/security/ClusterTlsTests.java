package io.kraft.cluster.security;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Real handshakes on the loopback interface.
 */
class ClusterTlsTests {

	private static final ClusterSecret SECRET = new ClusterSecret("q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQ");

	private static final ClusterSecret NEXT = new ClusterSecret("Zm9vYmFyMTIzNDU2Nzg5MGFiY2RlZmdo");

	private static final int TIMEOUT_MILLIS = 10_000;

	private SSLServerSocket server;

	@BeforeEach
	void open() throws IOException {
		this.server = server(ClusterTls.of(SECRET, null, "kraft"));
	}

	private static SSLServerSocket server(ClusterTls tls) throws IOException {
		SSLServerSocket server = (SSLServerSocket) tls.context()
			.getServerSocketFactory()
			.createServerSocket(0, 5, InetAddress.getLoopbackAddress());
		server.setNeedClientAuth(true);
		server.setSoTimeout(TIMEOUT_MILLIS);
		return server;
	}

	@AfterEach
	void close() throws IOException {
		this.server.close();
	}

	/** What each side reads of the other one. */
	private String talk(SSLContext client) throws Exception {
		CompletableFuture<String> read = accept();
		try (SSLSocket socket = (SSLSocket) client.getSocketFactory()
			.createSocket(this.server.getInetAddress(), this.server.getLocalPort())) {
			socket.setSoTimeout(TIMEOUT_MILLIS);
			socket.getOutputStream().write("from client\n".getBytes(StandardCharsets.UTF_8));
			String answer = line(socket.getInputStream());
			return read.get() + ", " + answer;
		}
		catch (IOException ex) {
			assertThat(read).failsWithin(Duration.ofSeconds(10));
			throw ex;
		}
	}

	private CompletableFuture<String> accept() {
		CompletableFuture<String> read = new CompletableFuture<>();
		Thread.ofVirtual().start(() -> {
			try (Socket socket = this.server.accept()) {
				socket.setSoTimeout(TIMEOUT_MILLIS);
				String line = line(socket.getInputStream());
				socket.getOutputStream().write("from server\n".getBytes(StandardCharsets.UTF_8));
				read.complete(line);
			}
			catch (IOException ex) {
				read.completeExceptionally(ex);
			}
		});
		return read;
	}

	private static String line(InputStream in) throws IOException {
		StringBuilder line = new StringBuilder();
		for (int next = in.read(); next != '\n'; next = in.read()) {
			if (next < 0) {
				throw new IOException("the other side has closed after '" + line + "'");
			}
			line.append((char) next);
		}
		return line.toString();
	}

	private static SSLContext client(ClusterSecret secret, @Nullable ClusterSecret previous, String cluster) {
		return ClusterTls.of(secret, previous, cluster).context();
	}

	@Test
	void whoHasTheSecretConnects() throws Exception {
		assertThat(talk(client(SECRET, null, "kraft"))).isEqualTo("from client, from server");
	}

	@Test
	void whoHasAnotherSecretOrIsOfAnotherClusterDoesNot() {
		assertThatThrownBy(() -> talk(client(NEXT, null, "kraft"))).isInstanceOf(IOException.class);
		assertThatThrownBy(() -> talk(client(SECRET, null, "other"))).isInstanceOf(IOException.class);
	}

	@Test
	void aServerDoesNotAcceptWhoWouldAcceptIt() {
		// The client trusts the server's key, but shows its own one.
		assertThatThrownBy(() -> talk(client(NEXT, SECRET, "kraft"))).isInstanceOf(IOException.class);
	}

	@Test
	void aClientDoesNotAcceptAServerThatWouldAcceptIt() throws Exception {
		this.server.close();
		this.server = server(ClusterTls.of(SECRET, NEXT, "kraft"));

		assertThatThrownBy(() -> talk(client(NEXT, null, "kraft"))).isInstanceOf(IOException.class);
	}

	@Test
	void whoShowsNoCertificateDoesNotConnect() throws Exception {
		SSLContext context = SSLContext.getInstance("TLSv1.3");
		context.init(null, new TrustManager[] { ClusterTls.of(SECRET, null, "kraft").trustManager() }, null);

		assertThatThrownBy(() -> talk(context)).isInstanceOf(IOException.class);
	}

	@Test
	void plainTextDoesNotGetThrough() throws Exception {
		CompletableFuture<String> read = accept();
		try (Socket socket = new Socket(this.server.getInetAddress(), this.server.getLocalPort())) {
			socket.setSoTimeout(TIMEOUT_MILLIS);
			socket.getOutputStream().write("from client\n".getBytes(StandardCharsets.UTF_8));

			assertThatThrownBy(read::get).isInstanceOf(ExecutionException.class);
		}
	}

	@Test
	void aSecretIsReplacedByTwoRollingRestarts() throws Exception {
		// The first restart: the new one is accepted, the old one shown; not restarted
		// nodes still connect.
		this.server.close();
		this.server = server(ClusterTls.of(SECRET, NEXT, "kraft"));
		assertThat(talk(client(SECRET, null, "kraft"))).isEqualTo("from client, from server");
		// The second one: the new one is shown, the old one accepted, on either side.
		assertThat(talk(client(NEXT, SECRET, "kraft"))).isEqualTo("from client, from server");
		this.server.close();
		this.server = server(ClusterTls.of(NEXT, SECRET, "kraft"));
		assertThat(talk(client(SECRET, NEXT, "kraft"))).isEqualTo("from client, from server");
		assertThat(talk(client(NEXT, null, "kraft"))).isEqualTo("from client, from server");
		// Then the old one is no secret any more.
		this.server.close();
		this.server = server(ClusterTls.of(NEXT, null, "kraft"));
		assertThatThrownBy(() -> talk(client(SECRET, NEXT, "kraft"))).isInstanceOf(IOException.class);
	}

}
