package io.kraft.sample.outside;

import java.nio.file.Files;
import java.nio.file.Path;

import org.springframework.stereotype.Component;

/**
 * Which of the services outside are down: those that have a file of their name beside the
 * effects log. So they stay down if this process dies: {@code touch data/bank.down}, and
 * {@code rm data/bank.down} to fix it.
 */
@Component
public class Outages {

	private final Path effectsLog;

	Outages(SampleProperties properties) {
		this.effectsLog = Path.of(properties.effectsLog()).toAbsolutePath();
	}

	/**
	 * Calls a service.
	 * @throws IllegalStateException if it is down
	 */
	public void check(String service) {
		if (Files.exists(this.effectsLog.resolveSibling(service + ".down"))) {
			throw new IllegalStateException("the " + service + " does not answer");
		}
	}

}
