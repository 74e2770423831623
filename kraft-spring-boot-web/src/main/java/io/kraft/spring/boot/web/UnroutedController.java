package io.kraft.spring.boot.web;

import java.util.List;

import org.springframework.http.ResponseEntity;
import org.springframework.http.server.PathContainer;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Refuses what no other route answers: an unknown path, or another method.
 */
final class UnroutedController extends ApiController {

	private final List<Route> routes;

	UnroutedController(List<Route> routes) {
		this.routes = routes;
	}

	@Override
	protected boolean isGuarded() {
		return false;
	}

	@Override
	public boolean answersImmediately() {
		return true;
	}

	@RequestMapping("/**")
	ResponseEntity<byte[]> refuse(@RequestAttribute ApiRequest kraftRequest) {
		PathContainer path = PathContainer
			.parsePath(kraftRequest.uri().getRawPath().substring(kraftRequest.contextPath().length()));
		List<String> allowed = this.routes.stream()
			.filter((route) -> PathPatternParser.defaultInstance.parse(route.pattern()).matches(path))
			.flatMap((route) -> route.methods().stream().map(Enum::name))
			.distinct()
			.sorted()
			.toList();
		throw allowed.isEmpty() ? RequestRefusedException.noRoute("there is nothing at this path")
				: RequestRefusedException.otherMethod(String.join(", ", allowed));
	}

}
