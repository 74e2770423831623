package io.kraft.spring.boot.web;

import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.awaitility.Awaitility.await;

class ReactiveSlowReaderTests extends SlowReaderContract {

	@Override
	Stack stack() {
		return Stack.REACTIVE;
	}

	@Test
	@Timeout(value = 120, unit = TimeUnit.SECONDS)
	void nothingIsReadAheadOfWhatTheConnectionHasWritten() throws Exception {
		String id = bulk();
		try (Socket socket = open(id)) {
			await().atMost(Duration.ofSeconds(30)).until(() -> memory().held() > 0);

			await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(30)).until(() -> memory().held() > 0);
		}
		await().atMost(Duration.ofSeconds(30)).until(() -> memory().held() == 0);
	}

}
