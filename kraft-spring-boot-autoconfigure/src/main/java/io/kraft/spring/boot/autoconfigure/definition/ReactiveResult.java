package io.kraft.spring.boot.autoconfigure.definition;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

import io.kraft.engine.definition.ResultStyle;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;

/**
 * A method that returns a reactive type: the value of a {@code Mono}, the list of a
 * {@code Flux}, and the like for other libraries that Spring knows. A workflow starts
 * with each subscription; a subscriber that cancels leaves its run alone, and does not
 * wait for it any more.
 * <p>
 * Used only if Reactor is on the class path.
 */
final class ReactiveResult implements ResultStyle {

	private final ReactiveAdapter adapter;

	private ReactiveResult(ReactiveAdapter adapter) {
		this.adapter = adapter;
	}

	static @Nullable MethodResult of(ResolvableType type, Class<?> raw) {
		ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(raw);
		// Not for subtypes: what the journal gives back would not be one.
		if (adapter == null || adapter.getReactiveType() != raw) {
			return null;
		}
		ResultStyle style = new ReactiveResult(adapter);
		if (adapter.isNoValue()) {
			return new MethodResult(style, Void.class);
		}
		ResolvableType element = ResolvableType.forType(MethodResult.firstGeneric(type));
		return adapter.isMultiValue()
				? new MethodResult(style, ResolvableType.forClassWithGenerics(List.class, element).getType())
				: new MethodResult(style, element.getType());
	}

	@Override
	public @Nullable Object await(@Nullable Object returned) throws Throwable {
		if (returned == null) {
			return null;
		}
		Publisher<?> publisher = this.adapter.toPublisher(returned);
		// Not block(): it refuses to wait on threads of any scheduler.
		CompletableFuture<?> value = this.adapter.isMultiValue() ? Flux.from(publisher).collectList().toFuture()
				: Mono.from(publisher).toFuture();
		try {
			return value.get();
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() != null) ? ex.getCause() : ex;
		}
		catch (InterruptedException ex) {
			value.cancel(true);
			throw ex;
		}
	}

	@Override
	public @Nullable Object completed(@Nullable Object value) {
		return this.adapter.fromPublisher(publisherOf(value));
	}

	@Override
	public @Nullable Object failed(Throwable failure) {
		return this.adapter.fromPublisher(Mono.error(failure));
	}

	@Override
	public @Nullable Object eventually(Supplier<CompletableFuture<@Nullable Object>> eventualValue, Wait wait) {
		Mono<Object> value = Mono.defer(() -> Mono.fromFuture(eventualValue.get()));
		return this.adapter.fromPublisher(this.adapter.isMultiValue() ? value.flatMapMany(this::publisherOf) : value);
	}

	private Publisher<Object> publisherOf(@Nullable Object value) {
		if (this.adapter.isMultiValue() && value instanceof List<?> elements) {
			return Flux.fromIterable(elements);
		}
		return Mono.justOrEmpty(value);
	}

}
