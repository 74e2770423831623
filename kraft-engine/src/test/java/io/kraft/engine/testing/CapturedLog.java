package io.kraft.engine.testing;

import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * What is logged below a name, from {@code INFO} on, until it is closed.
 */
public final class CapturedLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {

	private final Logger logger;

	private final @Nullable Level levelBefore;

	private final List<String> lines = new CopyOnWriteArrayList<>();

	private CapturedLog(Logger logger) {
		this.logger = logger;
		this.levelBefore = logger.getLevel();
		start();
		logger.setLevel(Level.INFO);
		logger.addAppender(this);
	}

	/**
	 * Begins to capture.
	 */
	public static CapturedLog of(String name) {
		return new CapturedLog((Logger) LoggerFactory.getLogger(name));
	}

	@Override
	protected void append(ILoggingEvent event) {
		this.lines.add(event.getLevel() + " " + event.getFormattedMessage());
	}

	/**
	 * Level and message of each event.
	 */
	public List<String> lines() {
		return List.copyOf(this.lines);
	}

	@Override
	public void close() {
		this.logger.detachAppender(this);
		this.logger.setLevel(this.levelBefore);
		stop();
	}

}
