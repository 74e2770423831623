package io.kraft.spring.boot.web.servlet;

import java.io.IOException;

import io.kraft.spring.boot.web.RequestRefusedException;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpInputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.ByteArrayHttpMessageConverter;

/**
 * Reads bodies of JSON, as they are, up to a limit; writes any bytes.
 */
final class BoundedConverter extends ByteArrayHttpMessageConverter {

	private final int limit;

	BoundedConverter(int limit) {
		this.limit = limit;
	}

	@Override
	public boolean canRead(Class<?> type, @Nullable MediaType mediaType) {
		return super.canRead(type, mediaType) && MediaType.APPLICATION_JSON.isCompatibleWith(mediaType);
	}

	@Override
	public byte[] readInternal(Class<? extends byte[]> type, HttpInputMessage message) throws IOException {
		if (message.getHeaders().getContentLength() > this.limit) {
			throw RequestRefusedException.tooLarge(this.limit);
		}
		byte[] bytes = message.getBody().readNBytes(this.limit + 1);
		if (bytes.length > this.limit) {
			throw RequestRefusedException.tooLarge(this.limit);
		}
		return bytes;
	}

}
