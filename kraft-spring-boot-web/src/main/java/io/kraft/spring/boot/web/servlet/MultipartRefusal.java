package io.kraft.spring.boot.web.servlet;

import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;

import io.kraft.spring.boot.web.Answer;
import io.kraft.spring.boot.web.ApiRequest;
import io.kraft.spring.boot.web.WebApi;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses multipart bodies, which Spring MVC would read before a route sees the request,
 * and answer with an error of its own.
 */
final class MultipartRefusal extends OncePerRequestFilter {

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		String type = request.getContentType();
		if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
			chain.doFilter(request, response);
			return;
		}
		Answer.Content answer = WebApi.notJson(ApiRequest.of(URI.create(request.getRequestURI()),
				request.getContextPath(), Map.of(), new HttpHeaders(), null));
		response.setStatus(answer.status());
		answer.headers().forEach(response::setHeader);
		ServletRoutes.write(answer, response);
	}

}
