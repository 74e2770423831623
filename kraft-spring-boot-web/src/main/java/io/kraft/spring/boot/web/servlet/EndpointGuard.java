package io.kraft.spring.boot.web.servlet;

import java.io.IOException;

import io.kraft.spring.boot.web.Answers;
import io.kraft.spring.boot.web.GuardedEndpoints;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Refuses requests of other sites' pages to the actuator's endpoints of Kraft, and keeps
 * their answers out of caches: as a filter before those of the application, and once more
 * behind them, when it is known whether they have authenticated the caller.
 */
final class EndpointGuard {

	private final GuardedEndpoints endpoints;

	EndpointGuard(GuardedEndpoints endpoints) {
		this.endpoints = endpoints;
	}

	OncePerRequestFilter filter() {
		return new OncePerRequestFilter() {

			@Override
			protected boolean shouldNotFilter(HttpServletRequest request) {
				return !covers(request);
			}

			@Override
			protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
					throws ServletException, IOException {
				HttpHeaders headers = new HttpHeaders();
				Answers.HEADERS.accept(headers);
				headers.toSingleValueMap().forEach(response::setHeader);
				ServletServerHttpRequest sent = new ServletServerHttpRequest(request);
				byte[] refusal = endpoints().refusal(sent.getMethod(), sent.getURI(), sent.getHeaders());
				if (mayProceed(refusal, request, response)) {
					chain.doFilter(request, response);
				}
			}

		};
	}

	HandlerInterceptor interceptor() {
		return new HandlerInterceptor() {

			@Override
			public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
					throws IOException {
				if (!covers(request)) {
					return true;
				}
				ServletServerHttpRequest sent = new ServletServerHttpRequest(request);
				return mayProceed(endpoints().refusal(request.getUserPrincipal(), sent.getURI(), sent.getHeaders()),
						request, response);
			}

		};
	}

	private GuardedEndpoints endpoints() {
		return this.endpoints;
	}

	private boolean covers(HttpServletRequest request) {
		return this.endpoints.cover(ServletRequestPathUtils.parse(request).pathWithinApplication());
	}

	private static boolean mayProceed(byte @Nullable [] refusal, HttpServletRequest request,
			HttpServletResponse response) throws IOException {
		if (refusal == null) {
			return true;
		}
		response.setStatus(HttpServletResponse.SC_FORBIDDEN);
		response.setContentType(MediaType.APPLICATION_JSON_VALUE);
		response.getOutputStream().write(refusal);
		UnreadBody.markUnlessArrived(request);
		return false;
	}

}
