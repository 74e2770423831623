package io.kraft.spring.boot.web.reactive;

import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.kraft.spring.boot.web.Admission;
import io.kraft.spring.boot.web.ApiController;
import io.kraft.spring.boot.web.ApiRequest;
import io.kraft.spring.boot.web.Refusal;
import io.kraft.spring.boot.web.WebCalls.Permit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.http.codec.DecoderHttpMessageReader;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.HandlerAdapter;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.server.ServerWebExchange;

/**
 * Calls Kraft's controllers, as Spring calls any other, but with a reader of its own, on
 * threads that may block, and without the advice of the application. A request is
 * admitted before its body is read.
 */
final class ReactiveControllerAdapter implements HandlerAdapter, Ordered {

	private final Admission admission;

	private final RequestMappingHandlerAdapter controllers = new RequestMappingHandlerAdapter();

	ReactiveControllerAdapter(Admission admission) throws Exception {
		this.admission = admission;
		// It is searched for advice, of which it has none.
		GenericApplicationContext empty = new GenericApplicationContext();
		empty.refresh();
		this.controllers.setApplicationContext(empty);
		this.controllers.setMessageReaders(
				List.of(new DecoderHttpMessageReader<>(new BoundedDecoder(admission.maxRequestBytes()))));
		this.controllers.setBlockingExecutor(admission.executor());
		this.controllers.setBlockingMethodPredicate((method) -> !(method.getBean() instanceof Refusal));
		this.controllers.afterPropertiesSet();
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public boolean supports(Object handler) {
		return handler instanceof HandlerMethod method && method.getBean() instanceof ApiController;
	}

	@Override
	public Mono<HandlerResult> handle(ServerWebExchange exchange, Object handler) {
		return exchange.getPrincipal()
			.map(Optional::of)
			.defaultIfEmpty(Optional.empty())
			.flatMap((principal) -> handle(exchange, (HandlerMethod) handler, principal.orElse(null)));
	}

	private Mono<HandlerResult> handle(ServerWebExchange exchange, HandlerMethod handler,
			@Nullable Principal principal) {
		ApiRequest request = request(exchange.getRequest(), principal);
		exchange.getAttributes().put(ApiRequest.ATTRIBUTE, request);
		try {
			Permit permit = this.admission.admit((ApiController) handler.getBean(), request);
			return Mono.defer(() -> call(exchange, handler)).doFinally((signal) -> permit.close());
		}
		catch (RuntimeException ex) {
			return this.controllers.handle(exchange, Refusal.method(ex));
		}
	}

	private static ApiRequest request(ServerHttpRequest request, @Nullable Principal principal) {
		return new ApiRequest(request.getMethod(), request.getURI(), request.getPath().contextPath().value(),
				request.getHeaders(), principal);
	}

	private Mono<HandlerResult> call(ServerWebExchange exchange, HandlerMethod handler) {
		try {
			Map<String, String> inPath = exchange.getAttributeOrDefault(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE,
					Map.of());
			exchange.getAttributes()
				.put(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE,
						ApiRequest.variables(inPath, exchange.getRequest().getQueryParams()::getFirst));
			return this.controllers.handle(exchange, handler);
		}
		catch (RuntimeException ex) {
			return this.controllers.handle(exchange, Refusal.method(ex));
		}
	}

}
