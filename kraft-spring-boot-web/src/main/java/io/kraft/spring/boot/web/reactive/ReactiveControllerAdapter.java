package io.kraft.spring.boot.web.reactive;

import java.net.InetSocketAddress;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

import io.kraft.spring.boot.web.Admission;
import io.kraft.spring.boot.web.ApiController;
import io.kraft.spring.boot.web.ApiRequest;
import io.kraft.spring.boot.web.Caller;
import io.kraft.spring.boot.web.Permit;
import io.kraft.spring.boot.web.Refusal;
import io.kraft.spring.boot.web.RequestRefusedException;
import io.kraft.spring.boot.web.TransferMemory.Transfer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.codec.DecoderHttpMessageReader;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.HandlerAdapter;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebSession;

/**
 * Calls Kraft's controllers, as Spring calls any other, but with a reader of its own, on
 * threads that may block, and without the advice of the application. A request is
 * admitted before its body is read.
 */
final class ReactiveControllerAdapter implements HandlerAdapter, Ordered {

	private final Admission admission;

	private final GenericApplicationContext empty = new GenericApplicationContext();

	private final RequestMappingHandlerAdapter api;

	private final RequestMappingHandlerAdapter routes;

	ReactiveControllerAdapter(Admission admission) throws Exception {
		this.admission = admission;
		// It is searched for advice, of which it has none.
		this.empty.refresh();
		this.api = controllers(admission.api().executor());
		this.routes = controllers(admission.routes().executor());
	}

	private RequestMappingHandlerAdapter controllers(Executor executor) throws Exception {
		RequestMappingHandlerAdapter controllers = new RequestMappingHandlerAdapter();
		controllers.setApplicationContext(this.empty);
		controllers.setMessageReaders(List.of(new DecoderHttpMessageReader<>(
				new BoundedDecoder(this.admission.maxRequestBytes(), this.admission.bodyTimeout()))));
		controllers.setBlockingExecutor(executor);
		controllers.setBlockingMethodPredicate((method) -> !((ApiController) method.getBean()).answersImmediately());
		controllers.afterPropertiesSet();
		return controllers;
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
			.filter((principal) -> !this.admission.isAnonymous(principal))
			.map(Optional::of)
			.defaultIfEmpty(Optional.empty())
			.flatMap((principal) -> principal.isPresent()
					? exchange.getSession()
						.flatMap((session) -> handle(exchange, (HandlerMethod) handler, principal.get(), end(session)))
					: handle(exchange, (HandlerMethod) handler, null, () -> false));
	}

	/** A session that this request would begin has authenticated no one. */
	private static BooleanSupplier end(WebSession session) {
		return session.isStarted() ? session::isExpired : () -> false;
	}

	private Mono<HandlerResult> handle(ServerWebExchange exchange, HandlerMethod handler, @Nullable Principal principal,
			BooleanSupplier isSessionOver) {
		ServerHttpRequest request = exchange.getRequest();
		Caller caller = Caller.of(principal, address(request.getRemoteAddress()), address(request.getLocalAddress()),
				SentHeaders.of(request), isSessionOver);
		ApiRequest known = this.admission.request(request.getMethod(), request.getURI(),
				request.getPath().contextPath().value(), request.getHeaders(), caller);
		exchange.getAttributes().put(ApiRequest.ATTRIBUTE, known);
		try {
			Permit permit = this.admission.admit(handler, known);
			Transfer body = this.admission.body(handler, known);
			exchange.getAttributes().put(CountedAnswer.ATTRIBUTE, this.admission.answer(handler, known));
			return Mono.defer(() -> call(counted(exchange, body), handler)).doFinally((signal) -> {
				body.close();
				permit.close();
			});
		}
		catch (RuntimeException ex) {
			return this.api.handle(exchange, Refusal.method(ex));
		}
	}

	private static ServerWebExchange counted(ServerWebExchange exchange, Transfer body) {
		return exchange.mutate().request(new ServerHttpRequestDecorator(exchange.getRequest()) {

			@Override
			public Flux<DataBuffer> getBody() {
				return super.getBody().handle((buffer, sink) -> {
					try {
						body.take(buffer.readableByteCount());
						sink.next(buffer);
					}
					catch (RequestRefusedException ex) {
						DataBufferUtils.release(buffer);
						sink.error(ex);
					}
				});
			}

		}).build();
	}

	private static @Nullable String address(@Nullable InetSocketAddress address) {
		return (address != null && address.getAddress() != null) ? address.getAddress().getHostAddress() : null;
	}

	private Mono<HandlerResult> call(ServerWebExchange exchange, HandlerMethod handler) {
		try {
			Map<String, String> inPath = exchange.getAttributeOrDefault(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE,
					Map.of());
			exchange.getAttributes()
				.put(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE,
						ApiRequest.variables(inPath, exchange.getRequest().getQueryParams()::getFirst));
			boolean isApi = this.admission.isApi((ApiController) handler.getBean());
			return (isApi ? this.api : this.routes).handle(exchange, handler);
		}
		catch (RuntimeException ex) {
			return this.api.handle(exchange, Refusal.method(ex));
		}
	}

}
