package io.kraft.spring.boot.autoconfigure.definition;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.kraft.engine.definition.ResultStyle;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.ResolvableType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Reactive results and the values behind them.
 */
class ReactiveResultTests {

	private final ResultStyle mono = style(Mono.class);

	private final ResultStyle flux = style(Flux.class);

	@Test
	void theValueIsAwaited() throws Throwable {
		assertThat(this.mono.await(Mono.just("a").subscribeOn(Schedulers.parallel()))).isEqualTo("a");
		assertThat(this.mono.await(Mono.empty())).isNull();
		assertThat(this.mono.await(null)).isNull();
		assertThat(this.flux.await(Flux.just("a", "b"))).isEqualTo(List.of("a", "b"));
	}

	@Test
	void theValueCanBeAwaitedOnAThreadThatMustNotBlock() {
		Object value = Mono.fromCallable(() -> {
			try {
				return this.mono.await(Mono.just("a").delayElement(Duration.ofMillis(1), Schedulers.boundedElastic()));
			}
			catch (Throwable ex) {
				throw new IllegalStateException(ex);
			}
		}).subscribeOn(Schedulers.parallel()).toFuture().join();

		assertThat(value).isEqualTo("a");
	}

	@Test
	void theFailureIsThrownAsItIs() {
		assertThatIllegalStateException()
			.isThrownBy(() -> this.mono.await(Mono.error(new IllegalStateException("boom"))))
			.withMessage("boom");
	}

	@Test
	void whatWasJournaledIsGivenBack() throws Throwable {
		assertThat(((Mono<?>) this.mono.completed("a")).block()).isEqualTo("a");
		assertThat(((Mono<?>) this.mono.completed(null)).block()).isNull();
		assertThat(((Flux<?>) this.flux.completed(List.of("a", "b"))).collectList().block())
			.isEqualTo(List.of("a", "b"));
		assertThatIllegalStateException()
			.isThrownBy(() -> ((Mono<?>) this.mono.failed(new IllegalStateException("boom"))).block());
	}

	@Test
	void aRunStartsWithTheSubscription() throws Throwable {
		AtomicInteger starts = new AtomicInteger();
		Flux<?> result = (Flux<?>) this.flux.eventually(() -> {
			starts.incrementAndGet();
			return CompletableFuture.completedFuture(List.of("a", "b"));
		}, () -> null);

		assertThat(starts).hasValue(0);
		assertThat(result.collectList().block()).isEqualTo(List.of("a", "b"));
		assertThat(starts).hasValue(1);
	}

	@Test
	void aCancelledSubscriptionGivesUpTheWaitForTheRun() throws Throwable {
		CompletableFuture<Object> wait = new CompletableFuture<>();
		Mono<?> result = (Mono<?>) this.mono.eventually(() -> wait, () -> null);

		result.subscribe().dispose();

		assertThat(wait).isCancelled();
	}

	private static ResultStyle style(Class<?> type) {
		return ReactiveResult.of(ResolvableType.forClassWithGenerics(type, String.class), type).style();
	}

}
