package io.kraft.engine.run;

import io.kraft.engine.store.Requester;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CompletionSubscriberTests {

	// Never change these: inboxes in the field hold them.
	private static final String HERE = "300/2:3.1";

	private static final String ELSEWHERE = "@Z3LDtsOfZS8x/300/2:3.1";

	@Test
	void aRunOfTheSamePartitionIsNamedByItsNumberAndPosition() {
		CompletionSubscriber here = new CompletionSubscriber(300, "2:3.1");

		assertThat(here.name()).isEqualTo(HERE);
		assertThat(CompletionSubscriber.parse(HERE)).isEqualTo(here);
		assertThat(here.requester()).isNull();
	}

	@Test
	void aRunOfAnotherPartitionIsNamedByItsIdToo() {
		Requester requester = new Requester("größe/1", 300, "2:3.1");
		CompletionSubscriber elsewhere = CompletionSubscriber.of(requester);

		assertThat(elsewhere.name()).isEqualTo(ELSEWHERE);
		assertThat(CompletionSubscriber.parse(ELSEWHERE)).isEqualTo(elsewhere);
		assertThat(elsewhere.requester()).isEqualTo(requester);
		assertThat(elsewhere).isNotEqualTo(CompletionSubscriber.parse(HERE));
	}

}
