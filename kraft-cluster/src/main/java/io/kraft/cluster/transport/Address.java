package io.kraft.cluster.transport;

/**
 * Where a node listens. The host is a name or a literal address as it was configured,
 * never a resolved one: a name is resolved anew at each connection, so that a node may
 * come back with another address under the same name.
 *
 * @param host a name or an address, without brackets
 * @param port 1 to 65,535
 */
public record Address(String host, int port) {

	private static final int MAX_PORT = 65_535;

	private static final int MAX_HOST_CHARACTERS = 253;

	/**
	 * Checks both.
	 * @throws IllegalArgumentException if no node can have them
	 */
	public Address {
		if (host.isEmpty() || host.length() > MAX_HOST_CHARACTERS
				|| host.chars().anyMatch((one) -> one <= ' ' || one == '/' || one == '[' || one == ']')) {
			throw new IllegalArgumentException("'" + host + "' is no host of a node: expected a name or an address");
		}
		if (port < 1 || port > MAX_PORT) {
			throw new IllegalArgumentException(
					"The port of '%s' is %d: expected one of 1 to %d".formatted(host, port, MAX_PORT));
		}
	}

	/**
	 * Reads {@code host:port}, or {@code [address]:port} of IPv6.
	 * @param text as {@link #toString()} writes it
	 * @throws IllegalArgumentException if it is another text
	 */
	public static Address parse(String text) {
		int end = text.startsWith("[") ? text.indexOf(']') + 1 : text.indexOf(':');
		if (end <= 0 || end == text.length() || (end != text.lastIndexOf(':'))) {
			throw invalid(text);
		}
		return parse(text, MAX_PORT);
	}

	/**
	 * Reads an address as people write it: {@code host}, {@code host:port}, an address of
	 * IPv6 with or without brackets, or one with brackets and a port.
	 * @param defaultPort where it has none
	 * @throws IllegalArgumentException if it is another text
	 */
	public static Address parse(String text, int defaultPort) {
		String trimmed = text.strip();
		int end = trimmed.startsWith("[") ? trimmed.indexOf(']') : -1;
		if (end > 0) {
			return new Address(trimmed.substring(1, end), port(trimmed, end + 1, defaultPort));
		}
		int colon = trimmed.indexOf(':');
		boolean isBareIpv6 = colon >= 0 && trimmed.indexOf(':', colon + 1) >= 0;
		if (colon < 0 || isBareIpv6) {
			return new Address(trimmed, defaultPort);
		}
		return new Address(trimmed.substring(0, colon), port(trimmed, colon, defaultPort));
	}

	private static int port(String text, int from, int defaultPort) {
		if (from == text.length()) {
			return defaultPort;
		}
		String digits = text.substring(from + 1);
		if (text.charAt(from) != ':' || digits.isEmpty() || digits.length() > 5
				|| !digits.chars().allMatch((one) -> one >= '0' && one <= '9')) {
			throw invalid(text);
		}
		return Integer.parseInt(digits);
	}

	private static IllegalArgumentException invalid(String text) {
		return new IllegalArgumentException(
				"'%s' is no address of a node: expected <host>:<port>, or [<IPv6 address>]:<port>".formatted(text));
	}

	/**
	 * The address as {@link #parse(String)} reads it.
	 */
	@Override
	public String toString() {
		return ((this.host.indexOf(':') >= 0) ? "[" + this.host + "]" : this.host) + ":" + this.port;
	}

}
