package io.kraft.spring.boot.web.servlet;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.kraft.spring.boot.web.ApiRoutes;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.server.PathContainer;
import org.springframework.util.ClassUtils;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Which requests go to a path that Kraft serves, whatever their method, and below
 * whatever path the application has put Spring MVC. It is known before a filter or Spring
 * MVC looks at the request. Thread-safe.
 */
final class ServedPaths {

	private final SingletonSupplier<List<PathPattern>> patterns;

	/** Whether it is Spring MVC's, by the name of a servlet. */
	private final Map<String, Boolean> servlets = new ConcurrentHashMap<>();

	ServedPaths(ObjectProvider<ApiRoutes> routes, ObjectProvider<RequestMappingHandlerMapping> mapping) {
		this.patterns = SingletonSupplier.of(() -> {
			PathPatternParser parser = parser(mapping);
			return routes.stream()
				.flatMap((some) -> some.routes().stream())
				.map((route) -> parser.parse(route.pattern()))
				.distinct()
				.toList();
		});
	}

	private static PathPatternParser parser(ObjectProvider<RequestMappingHandlerMapping> mapping) {
		PathPatternParser own = mapping.stream()
			.findFirst()
			.map(RequestMappingHandlerMapping::getPatternParser)
			.orElse(null);
		return (own != null) ? own : PathPatternParser.defaultInstance;
	}

	/**
	 * Whether a request goes to one of them.
	 */
	boolean cover(HttpServletRequest request) {
		try {
			PathContainer path = ServletRequestPathUtils.parse(request).pathWithinApplication();
			return this.patterns.obtain().stream().anyMatch((pattern) -> pattern.matches(path)) && isSpringMvc(request);
		}
		catch (IllegalArgumentException ex) {
			// Spring MVC cannot read it either, and does not look at its body.
			return false;
		}
	}

	/** Below the path of another servlet the same path is not Kraft's. */
	private boolean isSpringMvc(HttpServletRequest request) {
		return this.servlets.computeIfAbsent(request.getHttpServletMapping().getServletName(),
				(name) -> isSpringMvc(request.getServletContext(), name));
	}

	private static boolean isSpringMvc(ServletContext context, String name) {
		ServletRegistration servlet = context.getServletRegistration(name);
		Class<?> type = (servlet != null) ? type(servlet.getClassName()) : null;
		return type == null || DispatcherServlet.class.isAssignableFrom(type);
	}

	private static @Nullable Class<?> type(@Nullable String name) {
		try {
			return (name != null) ? ClassUtils.forName(name, ServedPaths.class.getClassLoader()) : null;
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return null;
		}
	}

}
