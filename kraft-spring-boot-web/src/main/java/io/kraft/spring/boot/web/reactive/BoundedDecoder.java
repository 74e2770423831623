package io.kraft.spring.boot.web.reactive;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;

import io.kraft.spring.boot.web.RequestRefusedException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

import org.springframework.core.ResolvableType;
import org.springframework.core.codec.ByteArrayDecoder;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.MediaType;
import org.springframework.util.MimeType;

/**
 * Reads bodies of JSON, as they are, up to a limit.
 */
final class BoundedDecoder extends ByteArrayDecoder {

	private final int limit;

	private final Duration timeout;

	/**
	 * A decoder.
	 * @param timeout within which a body must have arrived: a slow sender holds a permit
	 */
	BoundedDecoder(int limit, Duration timeout) {
		this.limit = limit;
		this.timeout = timeout;
		setMaxInMemorySize(limit);
	}

	@Override
	public boolean canDecode(ResolvableType elementType, @Nullable MimeType mimeType) {
		return super.canDecode(elementType, mimeType) && MediaType.APPLICATION_JSON.isCompatibleWith(mimeType);
	}

	@Override
	public Mono<byte[]> decodeToMono(Publisher<DataBuffer> input, ResolvableType elementType,
			@Nullable MimeType mimeType, @Nullable Map<String, Object> hints) {
		return super.decodeToMono(input, elementType, mimeType, hints).timeout(this.timeout)
			.onErrorMap(DataBufferLimitException.class, (failure) -> RequestRefusedException.tooLarge(this.limit))
			.onErrorMap(TimeoutException.class, (failure) -> RequestRefusedException.lateBody());
	}

}
