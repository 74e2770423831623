package io.kraft.spring.boot.web;

import java.io.IOException;

import io.kraft.engine.testing.ErrorReference;
import org.junit.jupiter.api.Test;

/**
 * Holds the codes of the starter's modules and {@code docs/reference/errors.md} together.
 */
class ErrorCodesTests {

	private final ErrorReference reference = ErrorReference.ofClassPath();

	@Test
	void everyCodeHasASectionThatNamesItsClass() {
		this.reference.assertThatEveryCodeHasItsSection();
	}

	@Test
	void everySectionHasACodeAndNamesClassesThatExist() {
		// Not those of the cluster, which is no part of the starter.
		this.reference.assertThatEverySectionHasItsCode("io.kraft.workflow", "io.kraft.client", "io.kraft.engine",
				"io.kraft.spring");
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
