package io.kraft.spring.boot.autoconfigure.actuate;

import java.time.Instant;
import java.util.Collections;
import java.util.List;

import io.kraft.client.OperationView;
import io.kraft.spring.boot.autoconfigure.operator.Payloads;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class JournalDescriptorTests {

	private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

	@Test
	void aPieceEndsEarlyWhereItsPayloadsAreLarge() {
		List<OperationView> journal = Collections.nCopies(1000, operation("\"" + "x".repeat(1_000_000) + "\""));

		JournalDescriptor first = JournalDescriptor.of(journal, 0, 1000, Payloads.SHOWN);
		JournalDescriptor last = JournalDescriptor.of(journal, 997, 1000, Payloads.SHOWN);

		assertThat(first.entries()).hasSize(4);
		assertThat(first.nextFrom()).isEqualTo(4);
		assertThat(last.entries()).hasSize(3);
		assertThat(last.nextFrom()).isNull();
	}

	@Test
	void aPieceOfSmallPayloadsHasAsManyAsWereAskedFor() {
		List<OperationView> journal = Collections.nCopies(1000, operation("1"));

		assertThat(JournalDescriptor.of(journal, 0, 1000, Payloads.SHOWN).entries()).hasSize(1000);
		assertThat(JournalDescriptor.of(journal, 10, 20, Payloads.SHOWN).nextFrom()).isEqualTo(30);
	}

	private static OperationView operation(String outcome) {
		return new OperationView("1", "step", "pack", "[]", outcome, null, 1, NOW, NOW, null);
	}

}
