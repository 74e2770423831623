package io.kraft.spring.boot.web.reactive;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import io.kraft.spring.boot.web.Feed;
import io.kraft.spring.boot.web.Frame;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ResolvableType;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ReactiveHttpOutputMessage;
import org.springframework.http.codec.HttpMessageWriter;

/**
 * Writes a feed as server-sent events.
 * <p>
 * A server requests dozens of parts ahead of what it has written. So a part is not an
 * event, but a promise of the next batch, which costs nothing: the feed is read when the
 * server has written the batch before, and comes to that part.
 */
final class EventStreamWriter implements HttpMessageWriter<Feed> {

	@Override
	public List<MediaType> getWritableMediaTypes() {
		return List.of(MediaType.TEXT_EVENT_STREAM);
	}

	@Override
	public boolean canWrite(ResolvableType elementType, @Nullable MediaType mediaType) {
		return Feed.class.isAssignableFrom(elementType.toClass());
	}

	@Override
	public Mono<Void> write(Publisher<? extends Feed> input, ResolvableType elementType, @Nullable MediaType mediaType,
			ReactiveHttpOutputMessage message, Map<String, Object> hints) {
		return Mono.from(input)
			.flatMap((feed) -> message.writeAndFlushWith(batches(feed, message.bufferFactory()))
				.doFinally((signal) -> feed.close()));
	}

	private static Flux<Publisher<DataBuffer>> batches(Feed feed, DataBufferFactory buffers) {
		AtomicBoolean isOver = new AtomicBoolean();
		Publisher<DataBuffer> next = Mono
			.defer(() -> isOver.get() ? Mono.<List<Frame>>empty() : Mono.fromCompletionStage(feed.next()))
			.doOnNext((frames) -> isOver.set(frames.isEmpty()))
			.flatMapIterable(List::copyOf)
			.map((frame) -> buffers.wrap(text(frame).getBytes(StandardCharsets.UTF_8)));
		return Flux.generate((sink) -> {
			if (isOver.get()) {
				sink.complete();
			}
			else {
				sink.next(next);
			}
		});
	}

	private static String text(Frame frame) {
		if (frame.isKeepAlive()) {
			return ":\n\n";
		}
		return ((frame.id() != null) ? "id:" + frame.id() + "\n" : "") + "event:" + frame.event() + "\ndata:"
				+ frame.data() + "\n\n";
	}

}
