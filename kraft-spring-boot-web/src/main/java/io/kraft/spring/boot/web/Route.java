package io.kraft.spring.boot.web;

import java.lang.reflect.Method;
import java.util.List;

import org.springframework.web.bind.annotation.RequestMethod;

/**
 * What a method of a controller answers.
 *
 * @param methods of HTTP; empty for all
 * @param pattern path below the application's context path, with variables in braces
 */
public record Route(List<RequestMethod> methods, String pattern, ApiController controller, Method handler) {

	public Route {
		methods = List.copyOf(methods);
	}

}
