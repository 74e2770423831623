package io.kraft.spring.boot.autoconfigure.selfinvocation;

import java.lang.reflect.Method;

import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/**
 * Distinguishes the call that comes through a proxy from one that user code makes on
 * {@code this}.
 * <p>
 * The last advice of the proxy announces its call, on the thread that makes it, for one
 * object and one method. The object takes the announcement when the call arrives, so that
 * it is used once: whatever the method's body calls on {@code this}, itself included, is
 * a call of user code again. An announced call that never arrives (an exception, a stub
 * of a test) leaves nothing behind. One instance belongs to one application context.
 */
public final class RealCall {

	@SuppressWarnings("ThreadLocalUsage") // A static one would outlive the application.
	private final ThreadLocal<@Nullable Announcement> announced = new ThreadLocal<>();

	/**
	 * Announces a call and lets it proceed.
	 */
	public @Nullable Object proceed(Object target, Method method, MethodInvocation invocation) throws Throwable {
		Announcement outer = this.announced.get();
		this.announced.set(new Announcement(target, method));
		try {
			return invocation.proceed();
		}
		finally {
			if (outer != null) {
				this.announced.set(outer);
			}
			else {
				this.announced.remove();
			}
		}
	}

	/**
	 * Whether the call was announced; it no longer is afterwards.
	 */
	boolean take(Object target, Method method) {
		Announcement announcement = this.announced.get();
		if (announcement == null || !announcement.isFor(target, method)) {
			return false;
		}
		this.announced.remove();
		return true;
	}

	private record Announcement(Object target, Method method) {

		@SuppressWarnings("ReferenceEquality") // This very object is meant.
		boolean isFor(Object target, Method method) {
			return this.target == target && this.method.equals(method);
		}

	}

}
