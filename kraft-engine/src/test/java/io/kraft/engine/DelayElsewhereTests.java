package io.kraft.engine;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.channel.Incoming;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.store.OutboxEntry;
import io.kraft.engine.store.OutboxRow;
import io.kraft.engine.store.RunStart;
import io.kraft.engine.testing.TestEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The delay of a run that another partition starts here.
 */
class DelayElsewhereTests {

	private final TestEngine engine = new TestEngine().partitions(1)
		.workflow("echo", String.class, (argument) -> "done");

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void countsFromTheRequestHoweverLongThatWasOnItsWay() {
		this.engine.start();

		take(1, "soon", Duration.ofMinutes(4));
		take(2, "overdue", Duration.ofMinutes(11));
		take(3, "of a clock that is ahead", Duration.ofMinutes(-3));

		assertThat(this.engine.client().handle("overdue").result()).isEqualTo("done");
		this.engine.time().advance(Duration.ofSeconds(359));
		this.engine.awaitQuiet();
		assertThat(this.engine.client().handle("soon").status()).isEqualTo(WorkflowStatus.SCHEDULED);
		this.engine.time().advance(Duration.ofSeconds(1));
		assertThat(this.engine.client().handle("soon").result()).isEqualTo("done");
		this.engine.time().advance(Duration.ofMinutes(4));
		assertThat(this.engine.client().handle("of a clock that is ahead").result()).isEqualTo("done");
	}

	private void take(long sequence, String id, Duration age) {
		Instant at = this.engine.time().instant().minus(age);
		RunStart run = new RunStart("echo", 1, null, Payload.json("[\"x\"]".getBytes(StandardCharsets.UTF_8)), null,
				Duration.ofMinutes(10), 0, Map.of(), Map.of());
		OutboxRow row = new OutboxRow.Start("request-" + sequence, id, "schedule", at, run, at);
		new Incoming(this.engine.engine().execution(0)).take(1, List.of(new OutboxEntry(sequence, row)));
	}

}
