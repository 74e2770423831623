package io.kraft.spring.boot.web;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * Routes that an application serves: what the annotations of controllers declare, below a
 * path that is known at the start.
 */
public record ApiRoutes(List<Route> routes) {

	/**
	 * The routes of the web API, below whose path there is nothing else.
	 */
	static ApiRoutes api(String base, Stream<ApiController> controllers) {
		List<Route> routes = new ArrayList<>(controllers.flatMap((controller) -> of(base, controller)).toList());
		of(base, new UnroutedController(List.copyOf(routes))).forEach(routes::add);
		return new ApiRoutes(routes);
	}

	/**
	 * Those that the application declares.
	 */
	static ApiRoutes declared(Stream<WorkflowRouteController> controllers) {
		return new ApiRoutes(controllers.flatMap((controller) -> of(controller.path(), controller)).toList());
	}

	private static Stream<Route> of(String base, ApiController controller) {
		return Stream.of(controller.getClass().getDeclaredMethods()).flatMap((method) -> of(base, controller, method));
	}

	private static Stream<Route> of(String base, ApiController controller, Method method) {
		RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
		return (mapping == null) ? Stream.empty() : Stream
			.of(new Route(Arrays.asList(mapping.method()), base + String.join("", mapping.path()), controller, method));
	}

}
