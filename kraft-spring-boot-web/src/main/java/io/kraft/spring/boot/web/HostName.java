package io.kraft.spring.boot.web;

import java.util.regex.Pattern;

/**
 * Reads what a request has as {@code Host}.
 */
final class HostName {

	private static final Pattern PORT = Pattern.compile(":\\d{0,5}$");

	private static final Pattern V4 = Pattern.compile("(\\d{1,3})(\\.\\d{1,3}){3}");

	/** A colon is in no name. */
	private static final Pattern V6 = Pattern.compile("\\[[0-9a-f]*:[0-9a-f:.]*]");

	private HostName() {
	}

	static String withoutPort(String host) {
		return PORT.matcher(host).replaceFirst("");
	}

	/**
	 * Whether it is an IP address as it is written in a URL, in lower case. It is not
	 * looked up.
	 */
	static boolean isAddress(String host) {
		return V4.matcher(host).matches() || V6.matcher(host).matches();
	}

}
