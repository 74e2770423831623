package io.kraft.cluster.transport.grpc;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.apache.ratis.thirdparty.io.grpc.Context;
import org.apache.ratis.thirdparty.io.grpc.Deadline;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.ServerCallHandler;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kraft.cluster.transport.RequestHandler;

/**
 * Answers the calls of other nodes by the handlers of this one, each on a virtual thread
 * of its own.
 *
 * <p>
 * A call is admitted before its body is read. It has its place until its handler has
 * ended, also when its caller is gone: what is counted are threads, not connections.
 */
final class CallReceiver implements ServerCallHandler<byte[], byte[]> {

	private static final Logger logger = LoggerFactory.getLogger(CallReceiver.class);

	private final GrpcLimits limits;

	private final Semaphore places;

	private final Map<String, RequestHandler> handlers = new ConcurrentHashMap<>();

	private final Set<Thread> running = ConcurrentHashMap.newKeySet();

	private volatile boolean closed;

	CallReceiver(GrpcLimits limits) {
		this.limits = limits;
		this.places = new Semaphore(limits.calls());
	}

	void serve(String method, RequestHandler handler) {
		if (this.handlers.putIfAbsent(method, handler) != null) {
			throw new IllegalStateException("The method '%s' of calls has a handler".formatted(method));
		}
	}

	int free() {
		return this.places.availablePermits();
	}

	void close() {
		this.closed = true;
		this.running.forEach(Thread::interrupt);
	}

	@Override
	public ServerCall.Listener<byte[]> startCall(ServerCall<byte[], byte[]> call, Metadata headers) {
		Deadline deadline = Context.current().getDeadline();
		// A second for the way: the caller's limit may be ours.
		long longest = this.limits.patience().plusSeconds(1).toNanos();
		if (deadline == null || deadline.timeRemaining(TimeUnit.NANOSECONDS) > longest) {
			return refused(call, "The call has no deadline, or a later one than " + this.limits.patience());
		}
		if (this.closed) {
			return refused(call, "The node stops");
		}
		if (!this.places.tryAcquire()) {
			return refused(call, "The node handles %d calls: no more now".formatted(this.limits.calls()));
		}
		call.request(1);
		return new Arrival(call, deadline);
	}

	private static ServerCall.Listener<byte[]> refused(ServerCall<byte[], byte[]> call, String message) {
		send(call, Frames.answer(Frames.Kind.NOT_CALLED, message));
		return new ServerCall.Listener<>() {
		};
	}

	private static void send(ServerCall<byte[], byte[]> call, byte[] answer) {
		call.sendHeaders(new Metadata());
		call.sendMessage(answer);
		call.close(Status.OK, new Metadata());
	}

	private void run(ServerCall<byte[], byte[]> call, byte[] frame, Deadline deadline) {
		this.running.add(Thread.currentThread());
		try {
			byte[] answer = answer(frame, deadline);
			if (this.closed && Frames.kindOf(answer) != Frames.Kind.NOT_CALLED) {
				// Interrupted handlers answer what they like: nothing of it is certain.
				call.close(Status.UNAVAILABLE.withDescription("The node stops"), new Metadata());
			}
			else {
				send(call, answer);
			}
		}
		catch (IllegalStateException ex) {
			logger.debug("The caller did not wait for the answer", ex);
		}
		finally {
			this.running.remove(Thread.currentThread());
			this.places.release();
		}
	}

	private byte[] answer(byte[] frame, Deadline deadline) {
		Frames.Request request;
		try {
			request = Frames.readRequest(frame);
		}
		catch (IllegalArgumentException ex) {
			return Frames.answer(Frames.Kind.NOT_CALLED, messageOf(ex));
		}
		RequestHandler handler = this.handlers.get(request.method());
		if (handler == null) {
			return Frames.answer(Frames.Kind.NOT_CALLED, "The node has no handler of such calls");
		}
		long remaining = deadline.timeRemaining(TimeUnit.NANOSECONDS);
		if (remaining <= 0) {
			return Frames.answer(Frames.Kind.NOT_CALLED, "The call came after its deadline");
		}
		if (this.closed) {
			return Frames.answer(Frames.Kind.NOT_CALLED, "The node stops");
		}
		return handle(handler, request, Duration.ofNanos(remaining));
	}

	private byte[] handle(RequestHandler handler, Frames.Request request, Duration remaining) {
		byte[] body;
		try {
			body = handler.handle(request.body(), remaining);
		}
		catch (RuntimeException ex) {
			logger.debug("A call of '{}' was refused", request.method(), ex);
			return Frames.answer(Frames.Kind.REFUSED, messageOf(ex));
		}
		catch (Error ex) {
			logger.error("A call of '{}' has failed, and may have had an effect", request.method(), ex);
			return Frames.answer(Frames.Kind.FAILED, messageOf(ex));
		}
		if (body.length > this.limits.frameBytes() - 2) {
			return Frames.answer(Frames.Kind.FAILED,
					"The answer has %d bytes, more than %d".formatted(body.length, this.limits.frameBytes() - 2));
		}
		return Frames.answer(Frames.Kind.ANSWERED, body);
	}

	private String messageOf(Throwable ex) {
		String message = (ex.getMessage() != null) ? ex.getMessage() : ex.getClass().getSimpleName();
		return (message.length() <= 1000) ? message : message.substring(0, 1000) + "…";
	}

	/**
	 * A call whose body is on its way. gRPC calls it by one thread at a time.
	 */
	private final class Arrival extends ServerCall.Listener<byte[]> {

		private final ServerCall<byte[], byte[]> call;

		private final Deadline deadline;

		private byte @Nullable [] frame;

		private boolean leftToHandler;

		Arrival(ServerCall<byte[], byte[]> call, Deadline deadline) {
			this.call = call;
			this.deadline = deadline;
		}

		@Override
		public void onMessage(byte[] message) {
			this.frame = message;
		}

		@Override
		public void onHalfClose() {
			byte[] body = (this.frame != null) ? this.frame : new byte[0];
			this.frame = null;
			this.leftToHandler = true;
			Thread.ofVirtual().name("kraft-call").start(() -> run(this.call, body, this.deadline));
		}

		@Override
		public void onCancel() {
			if (!this.leftToHandler) {
				this.leftToHandler = true;
				CallReceiver.this.places.release();
			}
		}

	}

}
