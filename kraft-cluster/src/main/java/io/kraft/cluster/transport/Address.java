package io.kraft.cluster.transport;

/**
 * Where a node listens. The host is a name or a literal address as it was configured,
 * never a resolved one: a name is resolved anew at each connection, so that a node may
 * come back with another address under the same name.
 *
 * @param host not blank; an IPv6 address without brackets
 * @param port 1 to 65,535
 */
public record Address(String host, int port) {

	public Address {
		if (host.isBlank()) {
			throw new IllegalArgumentException("The address of a node has no host: expected <host>:<port>");
		}
		if (port < 1 || port > 65_535) {
			throw new IllegalArgumentException(
					"The port of '%s' is %d: expected one of 1 to 65535".formatted(host, port));
		}
	}

	/**
	 * Reads {@code host:port}, or {@code [address]:port} of IPv6.
	 * @param text as {@link #toString()} writes it
	 * @throws IllegalArgumentException if it is another text
	 */
	public static Address parse(String text) {
		int colon = text.lastIndexOf(':');
		String host = (colon < 0) ? "" : text.substring(0, colon);
		boolean bracketed = host.startsWith("[") && host.endsWith("]");
		if (host.isBlank() || (host.indexOf(':') >= 0 && !bracketed)) {
			throw new IllegalArgumentException(
					"'%s' is no address of a node: expected <host>:<port>, or [<IPv6 address>]:<port>".formatted(text));
		}
		try {
			return new Address(bracketed ? host.substring(1, host.length() - 1) : host,
					Integer.parseInt(text, colon + 1, text.length(), 10));
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException(
					"'%s' is no address of a node: its port is no number; expected <host>:<port>".formatted(text), ex);
		}
	}

	/**
	 * The address as {@link #parse} reads it.
	 */
	@Override
	public String toString() {
		return ((this.host.indexOf(':') >= 0) ? "[" + this.host + "]" : this.host) + ":" + this.port;
	}

}
