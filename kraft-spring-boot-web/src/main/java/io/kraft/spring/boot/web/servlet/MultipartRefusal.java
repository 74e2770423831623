package io.kraft.spring.boot.web.servlet;

import java.io.IOException;
import java.util.Locale;
import java.util.Objects;

import io.kraft.spring.boot.web.Answers;
import io.kraft.spring.boot.web.RequestRefusedException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.ResponseEntity;
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
		ResponseEntity<byte[]> answer = Answers.problem(RequestRefusedException.mediaType(),
				ServletControllerAdapter.apiRequest(request));
		response.setStatus(answer.getStatusCode().value());
		answer.getHeaders().forEach((name, values) -> values.forEach((value) -> response.addHeader(name, value)));
		response.getOutputStream().write(Objects.requireNonNull(answer.getBody()));
	}

}
