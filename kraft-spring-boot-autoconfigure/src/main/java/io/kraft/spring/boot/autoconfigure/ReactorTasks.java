package io.kraft.spring.boot.autoconfigure;

import io.kraft.engine.run.ThreadOrigin;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.DisposableBean;

/**
 * Lets the tasks that code submits to Reactor's schedulers, as {@code subscribeOn} and
 * {@code delayElement} do, carry the run they work for: the calls of steps in them would
 * not be recorded. Reactor knows one hook for the whole process, which stays while there
 * is an application context that needs it.
 */
final class ReactorTasks implements DisposableBean {

	private static final String KEY = "kraft";

	private static int contexts;

	ReactorTasks() {
		count(1);
	}

	@Override
	public void destroy() {
		count(-1);
	}

	private static synchronized void count(int change) {
		contexts += change;
		if (contexts > 0) {
			Schedulers.onScheduleHook(KEY, ThreadOrigin::handOver);
		}
		else {
			Schedulers.resetOnScheduleHook(KEY);
		}
	}

}
