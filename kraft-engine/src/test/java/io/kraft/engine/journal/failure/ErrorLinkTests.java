package io.kraft.engine.journal.failure;

import io.kraft.client.BackupRefusedException;
import io.kraft.engine.journal.Failure;
import io.kraft.workflow.ErrorDocs;
import io.kraft.workflow.InvalidCallException;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.StepFailedException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The link in the message of an exception, to the section that explains it.
 */
class ErrorLinkTests {

	@Test
	void aMessageHasTheAddressOfItsSectionOnce() {
		assertHasLinkOnce(new InvalidCallException("not here. See docs/reference/errors.md#kraft-1008"));
		assertHasLinkOnce(new BackupRefusedException("not here"));
		assertHasLinkOnce(new StepFailedException("com.acme.Declined", "no", null));
	}

	@Test
	void aRestoredExceptionHasTheLinkThatItHad() {
		KraftException original = new InvalidCallException("not here. See docs/reference/errors.md#kraft-1008");

		Throwable restored = Failures.restoreWithoutTypes(Failures.record(original));

		assertThat(restored).hasMessage(original.getMessage());
	}

	@Test
	void aMessageThatAJournalHoldsStaysAsItWasRecorded() {
		String recorded = "KRAFT-1008: not here. See docs/reference/errors.md#kraft-1008";

		Throwable restored = Failures
			.restoreWithoutTypes(new Failure(InvalidCallException.class.getName(), recorded, "", null));

		assertThat(restored).isInstanceOf(InvalidCallException.class).hasMessage(recorded);
	}

	@Test
	void theTextOfSomethingElseStaysAsItIs() {
		assertThat(new InvalidCallException("x: See docs/reference/errors.md#kraft-2001"))
			.hasMessage("KRAFT-1008: x: See docs/reference/errors.md#kraft-2001");
	}

	private static void assertHasLinkOnce(KraftException exception) {
		assertThat(exception.getMessage().split("See ", -1)).hasSize(2);
		assertThat(exception).hasMessageContaining("See " + exception.link());
		assertThat(exception.link()).isEqualTo(ErrorDocs.section(exception.code()));
	}

}
