package io.kraft.test.shop.guide;

import java.io.IOException;

import io.kraft.test.tutorial.ShownCode;
import org.junit.jupiter.api.Test;

/**
 * Java that the page on testing shows is in the sources of this package, so that it
 * compiles, and runs.
 */
class TestingPageTests {

	@Test
	void theCodeOnThePageIsCompiled() throws IOException {
		ShownCode.assertCompiled("guide/testing.md", TestingPageTests.class);
	}

}
