package io.kraft.spring.boot.web;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

import org.springframework.web.util.UriUtils;

/**
 * The path of a run, for {@code Location}.
 */
final class RunPath {

	/** What every server and firewall lets through as it is. */
	private static final Pattern PLAIN = Pattern.compile("[\\w@:.~-]+");

	/** These mean something in a path. */
	private static final Pattern SPECIAL = Pattern.compile("-|\\.{1,2}");

	private RunPath() {
	}

	static String of(String collection, String id) {
		if (PLAIN.matcher(id).matches() && !SPECIAL.matcher(id).matches()) {
			return collection + "/" + id;
		}
		return collection + "/-?id=" + UriUtils.encode(id, StandardCharsets.UTF_8);
	}

}
