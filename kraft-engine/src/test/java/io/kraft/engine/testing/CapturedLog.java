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
 * What is logged below a name, from a level on, until it is closed.
 */
public final class CapturedLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {

	private final Logger logger;

	private final @Nullable Level levelBefore;

	private final List<String> lines = new CopyOnWriteArrayList<>();

	private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

	private CapturedLog(Logger logger, Level level) {
		this.logger = logger;
		this.levelBefore = logger.getLevel();
		start();
		logger.setLevel(level);
		logger.addAppender(this);
	}

	/**
	 * Begins to capture, from {@code INFO} on.
	 */
	public static CapturedLog of(String name) {
		return new CapturedLog((Logger) LoggerFactory.getLogger(name), Level.INFO);
	}

	/**
	 * Begins to capture, from {@code DEBUG} on.
	 */
	public static CapturedLog ofAll(String name) {
		return new CapturedLog((Logger) LoggerFactory.getLogger(name), Level.DEBUG);
	}

	@Override
	protected void append(ILoggingEvent event) {
		event.getMDCPropertyMap();
		this.events.add(event);
		this.lines.add(event.getLevel() + " " + event.getFormattedMessage());
	}

	/**
	 * Level and message of each event.
	 */
	public List<String> lines() {
		return List.copyOf(this.lines);
	}

	/**
	 * The events whose message holds a text.
	 */
	public List<ILoggingEvent> eventsWith(String text) {
		return this.events.stream().filter((event) -> event.getFormattedMessage().contains(text)).toList();
	}

	@Override
	public void close() {
		this.logger.detachAppender(this);
		this.logger.setLevel(this.levelBefore);
		stop();
	}

}
