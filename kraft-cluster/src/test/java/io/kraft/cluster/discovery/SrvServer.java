package io.kraft.cluster.discovery;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A DNS server on the loopback interface, which has the SRV records of one name.
 */
final class SrvServer implements AutoCloseable {

	private static final int HEADER = 12;

	private static final int NAME_ERROR = 3;

	private static final int REFUSED = 5;

	private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());

	private final byte[] name;

	private final @Nullable List<String> records;

	/** Null: it refuses all. */
	SrvServer(String name, @Nullable List<String> records) throws IOException {
		this.name = encoded(name);
		this.records = records;
		Thread.ofPlatform().daemon().start(this::serve);
	}

	String url() {
		return "dns://127.0.0.1:" + this.socket.getLocalPort();
	}

	private void serve() {
		byte[] buffer = new byte[512];
		while (!this.socket.isClosed()) {
			try {
				DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
				this.socket.receive(packet);
				byte[] answer = answer(Arrays.copyOf(buffer, packet.getLength()));
				this.socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
			}
			catch (IOException ex) {
				// Closed.
			}
		}
	}

	private byte[] answer(byte[] query) throws IOException {
		int end = HEADER;
		while (query[end] != 0) {
			end += query[end] + 1;
		}
		byte[] asked = Arrays.copyOfRange(query, HEADER, end + 1);
		boolean isKnown = Arrays.equals(asked, this.name);
		int code = (this.records == null) ? REFUSED : isKnown ? 0 : NAME_ERROR;
		List<String> found = (this.records != null && isKnown) ? this.records : List.of();
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		DataOutputStream out = new DataOutputStream(bytes);
		out.write(query, 0, 2);
		out.writeShort(0x8580 | code);
		out.writeShort(1);
		out.writeShort(found.size());
		out.writeInt(0);
		out.write(query, HEADER, end + 5 - HEADER);
		for (String record : found) {
			String[] fields = record.split(" ", -1);
			byte[] host = encoded(fields[3]);
			out.writeShort(0xC000 | HEADER);
			out.writeShort(33);
			out.writeShort(1);
			out.writeInt(1);
			out.writeShort(6 + host.length);
			for (int i = 0; i < 3; i++) {
				out.writeShort(Integer.parseInt(fields[i]));
			}
			out.write(host);
		}
		return bytes.toByteArray();
	}

	private static byte[] encoded(String name) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		for (String label : name.isEmpty() ? new String[0] : name.split("\\.", -1)) {
			out.write(label.length());
			out.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
		}
		out.write(0);
		return out.toByteArray();
	}

	@Override
	public void close() {
		this.socket.close();
	}

}
