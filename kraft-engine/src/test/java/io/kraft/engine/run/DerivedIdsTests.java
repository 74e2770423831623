package io.kraft.engine.run;

import io.kraft.client.RunIds;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DerivedIdsTests {

	private static final String LONGEST = "x".repeat(RunIds.MAX_LENGTH);

	@Test
	void whatFitsIsAsItIs() {
		assertThat(DerivedIds.of("order-42", ".3")).isEqualTo("order-42.3");
		assertThat(DerivedIds.of(LONGEST.substring(2), ".3")).isEqualTo(LONGEST.substring(2) + ".3");
	}

	@Test
	void whatDoesNotFitKeepsItsBeginningAndItsSuffix() {
		// For ever: runs that exist are found by it.
		assertThat(DerivedIds.of(LONGEST, ".3")).isEqualTo("x".repeat(378) + "~x64164443bb63e338ef1cfdb12a57117c.3");
	}

	@Test
	void theSuffixAloneTellsIdsOfOneBaseApart() {
		String first = DerivedIds.of(LONGEST, "~2");
		String tenth = DerivedIds.of(LONGEST, "~10");

		assertThat(tenth).isEqualTo(first.substring(0, first.length() - 1) + "10");
	}

	@Test
	void basesThatDifferWhereTheyAreCutHaveIdsOfTheirOwn() {
		assertThat(DerivedIds.of(LONGEST.substring(1) + "a", ".1"))
			.isNotEqualTo(DerivedIds.of(LONGEST.substring(1) + "b", ".1"));
	}

	@Test
	void whatIsDerivedAgainAndAgainNeverGrowsBeyondTheLimit() {
		String id = "order-42";
		for (int depth = 1; depth <= 1000; depth++) {
			String child = DerivedIds.of(id, "." + depth);

			assertThat(RunIds.check(child)).isNotEqualTo(id).startsWith("order-42.1").endsWith("." + depth);
			id = child;
		}
	}

	@Test
	void aSuffixThatIsTooLongIsPartOfTheHash() {
		String suffix = "." + "1.".repeat(300);

		assertThat(RunIds.check(DerivedIds.of("order", suffix))).startsWith("order.1.1.")
			.isNotEqualTo(DerivedIds.of("order", suffix + "1"));
	}

	@Test
	void noCharacterIsCutInHalves() {
		String base = "x" + "\uD83D\uDE00".repeat(255);

		assertThat(RunIds.check(DerivedIds.of(base, ".1"))).startsWith("x\uD83D\uDE00");
	}

}
