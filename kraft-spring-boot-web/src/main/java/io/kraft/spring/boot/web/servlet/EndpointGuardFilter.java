package io.kraft.spring.boot.web.servlet;

import java.io.IOException;

import io.kraft.spring.boot.web.Answers;
import io.kraft.spring.boot.web.GuardedEndpoints;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Refuses requests of other sites' pages to the actuator's endpoints of Kraft, and keeps
 * their answers out of caches.
 */
final class EndpointGuardFilter extends OncePerRequestFilter {

	private final GuardedEndpoints endpoints;

	EndpointGuardFilter(GuardedEndpoints endpoints) {
		this.endpoints = endpoints;
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return !this.endpoints.cover(ServletRequestPathUtils.parseAndCache(request).pathWithinApplication());
	}

	@Override
	protected void doFilterInternal(HttpServletRequest servletRequest, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		ServletServerHttpRequest request = new ServletServerHttpRequest(servletRequest);
		byte[] refusal = this.endpoints.refusal(request.getMethod(), request.getURI(), request.getHeaders());
		HttpHeaders headers = new HttpHeaders();
		Answers.HEADERS.accept(headers);
		headers.toSingleValueMap().forEach(response::setHeader);
		if (refusal == null) {
			chain.doFilter(servletRequest, response);
			return;
		}
		response.setStatus(HttpServletResponse.SC_FORBIDDEN);
		response.setContentType(MediaType.APPLICATION_JSON_VALUE);
		response.getOutputStream().write(refusal);
		// No thread waits for the body of what was refused.
		UnreadBody.mark(servletRequest);
	}

}
