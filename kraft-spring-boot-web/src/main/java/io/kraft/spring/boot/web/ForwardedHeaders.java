package io.kraft.spring.boot.web;

import java.util.List;

import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Headers by which a proxy says where a request comes from.
 */
final class ForwardedHeaders {

	/** Of which any shows that the connection is a proxy's. */
	static final List<String> NAMES = List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via");

	private static final List<String> TOMCAT = List.of("server.tomcat.remoteip.remote-ip-header",
			"server.tomcat.remoteip.protocol-header");

	private ForwardedHeaders() {
	}

	/**
	 * Whether the server or Spring replaces the address of the peer by what they say, as
	 * Spring Boot decides it: by its properties, or else because the application runs on
	 * a platform that has a proxy.
	 */
	static boolean areTrusted(Environment environment) {
		String strategy = environment.getProperty("server.forward-headers-strategy");
		CloudPlatform platform = CloudPlatform.getActive(environment);
		boolean isOfPlatform = platform != null && platform.isUsingForwardHeaders();
		boolean isTrusted = StringUtils.hasText(strategy) ? !strategy.strip().equalsIgnoreCase("none") : isOfPlatform;
		return isTrusted || TOMCAT.stream().map(environment::getProperty).anyMatch(StringUtils::hasText);
	}

}
