package io.kraft.spring.boot.web.servlet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.kraft.spring.boot.web.RequestRefusedException;
import io.kraft.spring.boot.web.TransferMemory.Transfer;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * Reads the body of a request as it arrives, without a thread that waits for it, until a
 * deadline. What is too large is read on for a moment and thrown away, so that a client
 * that is still sending reads the refusal; so is the body of a request that was refused.
 * <p>
 * The container calls the listener by one thread at a time.
 */
final class BodyReader implements ReadListener {

	/** How long a body is read that is not needed: as long as it takes in practice. */
	private static final Duration GRACE = Duration.ofSeconds(1);

	private static final int BUFFER_BYTES = 8192;

	private final HttpServletRequest request;

	private final int limit;

	private final CompletableFuture<Boolean> arrival = new CompletableFuture<>();

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	private final @Nullable Transfer transfer;

	private volatile @Nullable RequestRefusedException refusal;

	private BodyReader(HttpServletRequest request, @Nullable Transfer transfer, int limit, Duration timeout) {
		this.request = request;
		this.transfer = transfer;
		this.limit = limit;
		this.arrival.completeOnTimeout(false, timeout.toNanos(), TimeUnit.NANOSECONDS);
		if (request.getContentLengthLong() > limit) {
			refuse(RequestRefusedException.tooLarge(limit));
		}
	}

	/**
	 * Reads a body.
	 * @param transfer counts its bytes
	 * @param limit most bytes
	 * @param timeout within which it must have arrived
	 */
	static BodyReader of(HttpServletRequest request, Transfer transfer, int limit, Duration timeout) {
		return new BodyReader(request, transfer, limit, timeout);
	}

	/**
	 * Reads a body that is not needed.
	 */
	static BodyReader discarding(HttpServletRequest request) {
		return new BodyReader(request, null, 0, GRACE);
	}

	/**
	 * Whether there is nothing to read any more.
	 */
	static boolean hasArrived(HttpServletRequest request) throws IOException {
		long length = request.getContentLengthLong();
		boolean hasNone = length < 0 && request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null
				&& request.getProtocol().startsWith("HTTP/1");
		return hasNone || length == 0 || request.getInputStream().isFinished();
	}

	private void refuse(RequestRefusedException refusal) {
		this.refusal = refusal;
		this.bytes.reset();
		this.arrival.completeOnTimeout(false, GRACE.toNanos(), TimeUnit.NANOSECONDS);
	}

	/**
	 * Completes with the whole body, or without one that is not needed, on the given
	 * threads.
	 */
	CompletableFuture<byte[]> body(Executor executor) {
		return this.arrival.thenApplyAsync((hasArrived) -> {
			if (!hasArrived) {
				UnreadBody.mark(this.request);
			}
			RequestRefusedException refusal = this.refusal;
			if (this.transfer != null && refusal != null) {
				throw refusal;
			}
			if (this.transfer != null && !hasArrived) {
				throw RequestRefusedException.lateBody();
			}
			return this.bytes.toByteArray();
		}, executor);
	}

	/**
	 * Begins to read; asynchronous processing of the request has begun.
	 */
	void start() {
		try {
			this.request.getInputStream().setReadListener(this);
		}
		catch (IOException | RuntimeException ex) {
			// A filter of the application has put a stream of its own in place.
			Thread.ofVirtual().name("kraft-body").start(this::readBlocking);
		}
	}

	private void readBlocking() {
		try {
			read(this.request.getInputStream());
			onAllDataRead();
		}
		catch (IOException | RuntimeException ex) {
			onError(ex);
		}
	}

	@Override
	public void onDataAvailable() throws IOException {
		ServletInputStream in = this.request.getInputStream();
		byte[] buffer = new byte[BUFFER_BYTES];
		while (in.isReady() && !in.isFinished()) {
			int read = in.read(buffer);
			if (read < 0) {
				return;
			}
			add(buffer, read);
		}
	}

	private void read(ServletInputStream in) throws IOException {
		byte[] buffer = new byte[BUFFER_BYTES];
		for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
			add(buffer, read);
		}
	}

	private void add(byte[] buffer, int length) {
		if (this.refusal == null && this.bytes.size() + (long) length > this.limit) {
			refuse(RequestRefusedException.tooLarge(this.limit));
		}
		if (this.refusal == null) {
			hold(buffer, length);
		}
	}

	private void hold(byte[] buffer, int length) {
		try {
			if (this.transfer != null) {
				this.transfer.take(length);
			}
			this.bytes.write(buffer, 0, length);
		}
		catch (RequestRefusedException ex) {
			refuse(ex);
		}
	}

	@Override
	public void onAllDataRead() {
		this.arrival.complete(true);
	}

	@Override
	public void onError(Throwable failure) {
		this.arrival.completeExceptionally(failure);
	}

}
