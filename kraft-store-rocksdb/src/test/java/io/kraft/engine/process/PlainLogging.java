package io.kraft.engine.process;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMDCAdapter;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Warnings and errors on the error stream, from the first moment of a process on: Logback
 * takes half a second of it to read its configuration.
 */
public final class PlainLogging implements SLF4JServiceProvider {

	private final IMarkerFactory markers = new BasicMarkerFactory();

	private final MDCAdapter context = new BasicMDCAdapter();

	@Override
	public ILoggerFactory getLoggerFactory() {
		return PlainLogger::new;
	}

	@Override
	public IMarkerFactory getMarkerFactory() {
		return this.markers;
	}

	@Override
	public MDCAdapter getMDCAdapter() {
		return this.context;
	}

	@Override
	public String getRequestedApiVersion() {
		return "2.0.99";
	}

	@Override
	public void initialize() {
		// There is nothing to read.
	}

	private static final class PlainLogger extends LegacyAbstractLogger {

		private static final long serialVersionUID = 1L;

		PlainLogger(String name) {
			this.name = name;
		}

		@Override
		public boolean isTraceEnabled() {
			return false;
		}

		@Override
		public boolean isDebugEnabled() {
			return false;
		}

		@Override
		public boolean isInfoEnabled() {
			return false;
		}

		@Override
		public boolean isWarnEnabled() {
			return isErrorEnabled();
		}

		/** Tests pull the plug hundreds of times. */
		@Override
		public boolean isErrorEnabled() {
			return !this.name.startsWith("io.kraft.engine.partition");
		}

		@Override
		protected @Nullable String getFullyQualifiedCallerName() {
			return null;
		}

		@Override
		protected void handleNormalizedLoggingCall(Level level, @Nullable Marker marker, String pattern,
				Object @Nullable [] arguments, @Nullable Throwable failure) {
			Instant now = InstantSource.system().instant().truncatedTo(ChronoUnit.MILLIS);
			String message = MessageFormatter.basicArrayFormat(pattern, arguments);
			synchronized (System.err) {
				System.err.println(now + " " + level + " [" + Thread.currentThread().getName() + "] " + this.name
						+ " : " + message);
				if (failure != null) {
					failure.printStackTrace();
				}
			}
		}

	}

}
