package io.kraft.test.tutorial;

import java.io.IOException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the tutorials show is in the sources of this package, so that it compiles, and is
 * run by its tests.
 */
class TutorialPagesTests {

	@ParameterizedTest
	@ValueSource(strings = { "guide/order-saga.md", "guide/human-approval.md", "guide/agent.md" })
	void theCodeOnThePageIsCompiled(String page) throws IOException {
		ShownCode.assertCompiled(page, TutorialPagesTests.class);
	}

}
