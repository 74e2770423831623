package io.kraft.engine.testing;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Makes Awaitility look every few milliseconds. With its own tenth of a second most of
 * the time of the tests would pass between an event and the look that sees it. The first
 * look is a little later: nearly all conditions are true by then.
 */
public final class ShortPolls implements LauncherSessionListener {

	@Override
	public void launcherSessionOpened(LauncherSession session) {
		Awaitility.setDefaultPollDelay(Duration.ofMillis(50));
		Awaitility.setDefaultPollInterval(Duration.ofMillis(5));
	}

}
