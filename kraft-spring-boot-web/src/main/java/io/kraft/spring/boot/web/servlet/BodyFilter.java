package io.kraft.spring.boot.web.servlet;

import java.io.IOException;
import java.util.Locale;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.servlet.filter.OrderedFilter;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps threads of the server from waiting for bodies of requests to Kraft's paths before
 * Kraft sees them, and after others have answered them. Forms and multipart bodies, which
 * Kraft refuses, are hidden: filters and Spring MVC read them to find parameters. A body
 * that was not read, because a filter or Spring MVC has refused the request, is not
 * waited for.
 */
final class BodyFilter extends OncePerRequestFilter {

	/** Before Boot's filters that read parameters from bodies, and Spring Security's. */
	static final int ORDER = OrderedFilter.REQUEST_WRAPPER_FILTER_MAX_ORDER - 20_000;

	private static final String IS_SERVED = BodyFilter.class.getName() + ".IS_SERVED";

	private final ServedPaths paths;

	BodyFilter(ServedPaths paths) {
		this.paths = paths;
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return request.getAttribute(IS_SERVED) == null && !this.paths.cover(request);
	}

	/**
	 * Spring MVC looks at the body of a refused request again, to show an error: where
	 * the answer has begun, by an include.
	 */
	@Override
	protected boolean shouldNotFilterErrorDispatch() {
		return false;
	}

	/** An error can come after the result of an asynchronous request. */
	@Override
	protected boolean shouldNotFilterAsyncDispatch() {
		return false;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		request.setAttribute(IS_SERVED, true);
		try {
			chain.doFilter(isForeign(request.getContentType()) ? new WithoutParameters(request) : request, response);
		}
		finally {
			if (!request.isAsyncStarted()) {
				UnreadBody.markUnlessArrived(request);
			}
		}
	}

	private static boolean isForeign(@Nullable String type) {
		return type != null && !type.toLowerCase(Locale.ROOT).startsWith("application/json");
	}

}
