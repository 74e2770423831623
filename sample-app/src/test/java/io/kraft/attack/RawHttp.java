package io.kraft.attack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A client that sends exactly what it is given, also what no client would send.
 */
final class RawHttp {

	private static final int PATIENCE_MILLIS = 20_000;

	private final int port;

	RawHttp(int port) {
		this.port = port;
	}

	Answer get(String path, String... headers) {
		return exchange("GET", path, "", headers);
	}

	/**
	 * Sends a body of JSON.
	 */
	Answer post(String path, String json, String... headers) {
		return exchange("POST", path, json, headers);
	}

	private Answer exchange(String method, String path, String body, String... headers) {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nConnection: close\r\n");
		if (String.join("\n", headers).indexOf("Host:") < 0) {
			head.append("Host: localhost:").append(this.port).append("\r\n");
		}
		for (String header : headers) {
			head.append(header).append("\r\n");
		}
		if (bytes.length > 0) {
			head.append("Content-Type: application/json\r\nContent-Length: ").append(bytes.length).append("\r\n");
		}
		try (Socket socket = open(head + "\r\n")) {
			try {
				socket.getOutputStream().write(bytes);
			}
			catch (IOException ex) {
				// It has answered already, and does not read the rest.
			}
			return Answer.read(socket.getInputStream());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Sends the beginning of a request, and keeps the connection.
	 */
	Socket open(String text) throws IOException {
		Socket socket = new Socket();
		socket.setReceiveBufferSize(4096);
		socket.setSoTimeout(PATIENCE_MILLIS);
		socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port), PATIENCE_MILLIS);
		socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
		socket.getOutputStream().flush();
		return socket;
	}

	/**
	 * What came back.
	 *
	 * @param status 0 if the connection ended without an answer
	 */
	record Answer(int status, String body) {

		static Answer read(InputStream in) {
			StringBuilder text = new StringBuilder();
			byte[] bytes = new byte[8192];
			try {
				for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
					text.append(new String(bytes, 0, length, StandardCharsets.UTF_8));
				}
			}
			catch (IOException ex) {
				// The rest of what was sent is refused by a reset.
			}
			String all = text.toString();
			return all.startsWith("HTTP/1.1 ")
					? new Answer(Integer.parseInt(all.substring(9, 12)), all.substring(all.indexOf("\r\n\r\n") + 4))
					: new Answer(0, all);
		}

	}

}
