package io.kraft.spring.boot.web.reactive;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.kraft.spring.boot.web.RequestRefusedException;
import io.kraft.spring.boot.web.TransferMemory.Transfer;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;

/**
 * Counts an answer as long as its reader has not taken it, and closes the connection of
 * one that does not: the server would keep it for ever.
 */
final class CountedAnswer extends ServerHttpResponseDecorator {

	/** The attribute of the exchange that counts. */
	static final String ATTRIBUTE = CountedAnswer.class.getName();

	private final Transfer transfer;

	private final Duration timeout;

	private CountedAnswer(ServerHttpResponse response, Transfer transfer, Duration timeout) {
		super(response);
		this.transfer = transfer;
		this.timeout = timeout;
	}

	/**
	 * The exchange, in which an answer to a request that changes nothing is counted. Of
	 * others it is small, and says what was changed.
	 */
	static ServerWebExchange in(ServerWebExchange exchange, Duration timeout) {
		Transfer transfer = exchange.getAttribute(ATTRIBUTE);
		return (transfer == null || !exchange.getRequest().getMethod().equals(HttpMethod.GET)) ? exchange
				: exchange.mutate().response(new CountedAnswer(exchange.getResponse(), transfer, timeout)).build();
	}

	/** A stream is written by the other method. */
	@Override
	public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
		return (body instanceof Mono<? extends DataBuffer> whole) ? whole.flatMap(this::write) : super.writeWith(body);
	}

	private Mono<Void> write(DataBuffer answer) {
		try {
			this.transfer.take(answer.readableByteCount());
		}
		catch (RequestRefusedException ex) {
			DataBufferUtils.release(answer);
			return Mono.error(ex);
		}
		if (!this.transfer.isLarge()) {
			return getDelegate().writeWith(Mono.just(answer));
		}
		Disposable deadline = deadline();
		return getDelegate().writeWith(Mono.just(answer)).doFinally((signal) -> releaseWhenTaken(deadline));
	}

	/** Netty completes a write before the reader has taken it. */
	private void releaseWhenTaken(Disposable deadline) {
		ConnectionRoom.of(getDelegate()).onErrorComplete().doFinally((signal) -> {
			deadline.dispose();
			this.transfer.close();
		}).subscribe();
	}

	private Disposable deadline() {
		return (getNativeResponse(getDelegate()) instanceof Disposable connection)
				? Schedulers.parallel().schedule(connection::dispose, this.timeout.toMillis(), TimeUnit.MILLISECONDS)
				: Disposables.disposed();
	}

}
