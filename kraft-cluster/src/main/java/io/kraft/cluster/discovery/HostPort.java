package io.kraft.cluster.discovery;

/**
 * An address of a node, written {@code host:port}, with brackets around an IPv6 address.
 *
 * @param host a name or an address, without brackets
 * @param port from 1 to 65535
 */
record HostPort(String host, int port) {

	private static final int MAX_PORT = 65_535;

	private static final int MAX_HOST_CHARACTERS = 253;

	HostPort {
		if (host.isEmpty() || host.length() > MAX_HOST_CHARACTERS
				|| host.chars().anyMatch((one) -> one <= ' ' || one == '/' || one == '[' || one == ']')) {
			throw new IllegalArgumentException("'" + host + "' is no host");
		}
		if (port < 1 || port > MAX_PORT) {
			throw new IllegalArgumentException("a port is 1 to " + MAX_PORT + ", but that of " + host + " is " + port);
		}
	}

	/**
	 * An address as people write it.
	 * @param defaultPort where it has none
	 * @throws IllegalArgumentException if it is none
	 */
	static HostPort parse(String text, int defaultPort) {
		String trimmed = text.strip();
		int end = trimmed.startsWith("[") ? trimmed.indexOf(']') : -1;
		if (end > 0) {
			return new HostPort(trimmed.substring(1, end), port(trimmed, end + 1, defaultPort));
		}
		int colon = trimmed.indexOf(':');
		boolean isBareIpv6 = colon >= 0 && trimmed.indexOf(':', colon + 1) >= 0;
		if (colon < 0 || isBareIpv6) {
			return new HostPort(trimmed, defaultPort);
		}
		return new HostPort(trimmed.substring(0, colon), port(trimmed, colon, defaultPort));
	}

	private static int port(String text, int from, int defaultPort) {
		if (from == text.length()) {
			return defaultPort;
		}
		String digits = text.substring(from + 1);
		if (text.charAt(from) != ':' || digits.isEmpty() || digits.length() > 5
				|| !digits.chars().allMatch((one) -> one >= '0' && one <= '9')) {
			throw new IllegalArgumentException("'" + text + "' is not host:port");
		}
		return Integer.parseInt(digits);
	}

	@Override
	public String toString() {
		return ((this.host.indexOf(':') >= 0) ? '[' + this.host + ']' : this.host) + ':' + this.port;
	}

}
