package io.kraft.cluster.transport.grpc;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.kraft.cluster.transport.Address;

/**
 * Passes bytes between a caller and a node, until it is set to drop them or to cut the
 * connections.
 */
final class FaultProxy implements Closeable {

	private final Address target;

	private final ServerSocket server;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private volatile boolean dropping;

	FaultProxy(Address target) throws IOException {
		this.target = target;
		this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		Thread.ofVirtual().start(this::accept);
	}

	Address address() {
		return new Address("127.0.0.1", this.server.getLocalPort());
	}

	/** Reads on, and passes nothing any more. */
	void drop() {
		this.dropping = true;
	}

	/** Ends all connections by a reset. */
	synchronized void cut() throws IOException {
		for (Socket socket : this.sockets) {
			if (!socket.isClosed()) {
				socket.setSoLinger(true, 0);
				socket.close();
			}
		}
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		cut();
	}

	private void accept() {
		try {
			while (true) {
				Socket from = this.server.accept();
				Socket to = new Socket(InetAddress.getLoopbackAddress(), this.target.port());
				this.sockets.add(from);
				this.sockets.add(to);
				Thread.ofVirtual().start(() -> pass(from, to));
				Thread.ofVirtual().start(() -> pass(to, from));
			}
		}
		catch (IOException ex) {
			// Closed.
		}
	}

	private void pass(Socket from, Socket to) {
		try (from; to) {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			byte[] buffer = new byte[8192];
			for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
				if (!this.dropping) {
					out.write(buffer, 0, count);
				}
			}
		}
		catch (IOException ex) {
			// Cut.
		}
	}

}
