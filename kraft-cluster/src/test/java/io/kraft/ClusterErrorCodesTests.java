package io.kraft;

import java.io.IOException;

import io.kraft.engine.testing.ErrorReference;
import org.junit.jupiter.api.Test;

/**
 * Holds the cluster's codes and {@code docs/reference/errors.md} together.
 */
class ClusterErrorCodesTests {

	private final ErrorReference reference = ErrorReference.ofClassPath();

	@Test
	void everyCodeHasASectionThatNamesItsClass() {
		this.reference.assertThatEveryCodeHasItsSection();
	}

	@Test
	void everySectionHasACodeAndNamesClassesThatExist() {
		this.reference.assertThatEverySectionHasItsCode("io.kraft.workflow", "io.kraft.client", "io.kraft.engine",
				"io.kraft.cluster");
	}

	@Test
	void everyPointerOfAMessageLeadsToASection() {
		this.reference.assertThatEveryPointerHasItsSection();
	}

	@Test
	void everyCodeHasAnAddressAndThePageIsInTheJar() throws IOException {
		this.reference.assertThatEveryCodeHasItsAddress();
	}

}
