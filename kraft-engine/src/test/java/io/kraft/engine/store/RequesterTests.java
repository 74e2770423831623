package io.kraft.engine.store;

import java.util.List;

import io.kraft.engine.journal.UnreadableEntryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RequesterTests {

	// Never change this: inboxes in the field hold it.
	private static final String NAME = "@Z3LDtsOfZS8x/300/2:3.1";

	@Test
	void isNamedByTheIdTheNumberAndThePosition() {
		Requester requester = new Requester("größe/1", 300, "2:3.1");

		assertThat(requester.name()).isEqualTo(NAME);
		assertThat(Requester.parse(NAME)).isEqualTo(requester);
	}

	@Test
	void comesBackWhateverItsIdIs() {
		for (String id : List.of("a", "a/b/c", "@", "~?>", "x".repeat(512), "😀", "\u0000ÿ")) {
			Requester requester = new Requester(id, Long.MAX_VALUE, "1.2.3");
			assertThat(Requester.parse(requester.name())).isEqualTo(requester);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "5/1", "@", "@/5/1", "@YQ", "@YQ/5", "@YQ/x/1", "@YQ/05/1", "@Y Q/5/1", "@YQ==/5/1",
			"@YR/5/1", "@YQ/99999999999999999999/1" })
	void refusesANameThatItWouldNotWrite(String name) {
		assertThatExceptionOfType(UnreadableEntryException.class).isThrownBy(() -> Requester.parse(name))
			.withMessageStartingWith("KRAFT-4008: ");
	}

}
