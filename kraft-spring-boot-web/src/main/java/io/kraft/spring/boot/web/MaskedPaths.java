package io.kraft.spring.boot.web;

import java.nio.charset.StandardCharsets;

import io.kraft.engine.journal.MaskedTokens;

import org.springframework.util.StringUtils;
import org.springframework.web.util.UriUtils;

/**
 * Makes tokens of callbacks useless in the paths of requests, however they are encoded,
 * wherever a path is logged, answered or traced.
 */
final class MaskedPaths {

	private MaskedPaths() {
	}

	/**
	 * The path or URL without signatures of tokens.
	 * @param raw as it was sent
	 */
	static String in(String raw) {
		String decoded = decoded(raw);
		String masked = MaskedTokens.in(decoded);
		return masked.equals(decoded) ? raw : UriUtils.encodePath(masked, StandardCharsets.UTF_8);
	}

	private static String decoded(String raw) {
		try {
			return StringUtils.uriDecode(raw, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return raw;
		}
	}

}
