package io.kraft.spring.boot.web.reactive;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.netty.Connection;

import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.util.ClassUtils;

/**
 * Waits until a connection has written most of what it was given. Reactor Netty requests
 * many parts of a stream ahead, and keeps what the reader has not taken: without this a
 * reader that reads nothing would hold all of it. Other servers request one part at a
 * time.
 */
final class ConnectionRoom {

	private static final boolean HAS_NETTY = ClassUtils.isPresent("reactor.netty.Connection",
			ConnectionRoom.class.getClassLoader());

	private ConnectionRoom() {
	}

	/**
	 * Completes when there is room, or the connection is closed.
	 */
	static Mono<Void> of(ServerHttpResponse response) {
		return HAS_NETTY ? Netty.room(ServerHttpResponseDecorator.getNativeResponse(response)) : Mono.empty();
	}

	private static final class Netty {

		private static final long LOOK_AGAIN_MILLIS = 50;

		static Mono<Void> room(@Nullable Object response) {
			if (!(response instanceof Connection connection)) {
				return Mono.empty();
			}
			Channel channel = connection.channel();
			return Mono.create((sink) -> {
				AtomicBoolean cancelled = new AtomicBoolean();
				sink.onCancel(() -> cancelled.set(true));
				// On the thread that writes, so behind what was given to it before.
				channel.eventLoop().execute(() -> look(channel, cancelled, sink));
			});
		}

		private static void look(Channel channel, AtomicBoolean cancelled, MonoSink<Void> sink) {
			if (channel.isWritable() || !channel.isActive()) {
				sink.success();
			}
			else if (!cancelled.get()) {
				var unused = channel.eventLoop()
					.schedule(() -> look(channel, cancelled, sink), LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
			}
		}

	}

}
