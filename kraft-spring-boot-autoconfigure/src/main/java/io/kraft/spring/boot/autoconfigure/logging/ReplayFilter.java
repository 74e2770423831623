package io.kraft.spring.boot.autoconfigure.logging;

import java.util.List;
import java.util.function.BooleanSupplier;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;

/**
 * Drops lines of some loggers while the code of a workflow is replayed: they were logged
 * when the code first ran. Lines of other loggers, and of steps, are kept.
 */
final class ReplayFilter extends TurboFilter implements InitializingBean, DisposableBean {

	private final List<String> loggers;

	private final BooleanSupplier replaying;

	/**
	 * A filter for some loggers.
	 * @param loggers names of loggers, which stand for those below them too
	 * @param replaying whether the calling thread replays the code of a workflow
	 */
	ReplayFilter(List<String> loggers, BooleanSupplier replaying) {
		this.loggers = loggers;
		this.replaying = replaying;
	}

	@Override
	public FilterReply decide(@Nullable Marker marker, Logger logger, Level level, @Nullable String format,
			@Nullable Object @Nullable [] parameters, @Nullable Throwable failure) {
		return (covers(logger.getName()) && this.replaying.getAsBoolean()) ? FilterReply.DENY : FilterReply.NEUTRAL;
	}

	private boolean covers(String logger) {
		for (String name : this.loggers) {
			if (logger.startsWith(name) && (logger.length() == name.length() || logger.charAt(name.length()) == '.')) {
				return true;
			}
		}
		return false;
	}

	@Override
	public void afterPropertiesSet() {
		ILoggerFactory factory = LoggerFactory.getILoggerFactory();
		if (factory instanceof LoggerContext context) {
			setContext(context);
			start();
			context.addTurboFilter(this);
		}
	}

	@Override
	public void destroy() {
		stop();
		if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
			context.getTurboFilterList().remove(this);
		}
	}

}
