package io.kraft.engine.journal;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No text shows a token of a callback, wherever it was cut.
 */
class MaskedTokensTests {

	private static final String SIGNATURE = "abcdefghijABCDEFGHIJ0123456789-_klmnopqrst1";

	private static final String TOKEN = "b3JkZXItMQ~0:2.1~" + SIGNATURE;

	@Test
	void aTokenIsMaskedAndTheTextKeepsItsLength() {
		String text = "https://x/" + TOKEN + "?a=b, and again " + TOKEN;

		assertThat(MaskedTokens.in(text)).hasSameSizeAs(text)
			.isEqualTo("https://x/b3JkZXItMQ~0:2.1~" + "*".repeat(43) + "?a=b, and again b3JkZXItMQ~0:2.1~"
					+ "*".repeat(43));
	}

	@Test
	void aTokenInAQueryIsMasked() {
		String query = "?token=" + URLEncoder.encode(TOKEN, StandardCharsets.UTF_8) + "&a=b";

		assertThat(MaskedTokens.in(query)).isEqualTo("?token=b3JkZXItMQ%7E0%3A2.1%7E" + "*".repeat(43) + "&a=b");
		assertThat(MaskedTokens.cut(query, 60)).doesNotContain(SIGNATURE.substring(0, 3));
	}

	@Test
	void whateverIsLeftOfATokenAtACutIsMasked() {
		String text = "sent to " + TOKEN;
		int signature = text.indexOf(SIGNATURE);

		for (int length = signature + 1; length <= text.length(); length++) {
			String cut = text.substring(0, length);
			String masked = text.substring(0, signature) + "*".repeat(length - signature);
			assertThat(MaskedTokens.in(cut)).isEqualTo(masked);
			assertThat(MaskedTokens.in(cut + "… (9000 characters)")).isEqualTo(masked + "… (9000 characters)");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "...", " (truncated)", "\"}", "\n" })
	void mostOfATokenIsMaskedWhateverFollows(String end) {
		assertThat(MaskedTokens.in(TOKEN.substring(0, TOKEN.length() - 1) + end))
			.isEqualTo("b3JkZXItMQ~0:2.1~" + "*".repeat(42) + end);
	}

	@Test
	void aTextIsCutWithoutAnyPartOfAToken() {
		String text = "sent to " + TOKEN + ", and more";

		for (int most = 1; most <= text.length(); most++) {
			String beginning = MaskedTokens.beginning(text, most);
			assertThat(beginning).isEqualTo(MaskedTokens.in(text).substring(0, most));
			assertThat(MaskedTokens.cut(text, most)).isEqualTo(beginning + ((most < text.length()) ? "…" : ""));
		}
		assertThat(MaskedTokens.beginning("🎉🎉", 3)).isEqualTo("🎉");
		assertThat(MaskedTokens.beginning(text, Integer.MAX_VALUE)).isEqualTo(MaskedTokens.in(text));
	}

	@Test
	void otherTextsStayAsTheyAre() {
		for (String text : new String[] { "", "~", "~1~", "a~b~c", "~2~f25a4000-7857-364d-af49-65ff67ac459a!",
				"~1.2~short, and more", "~~~", "x ~1 ~2 ~3", "~a~" + SIGNATURE }) {
			assertThat(MaskedTokens.in(text)).isEqualTo(text);
		}
	}

}
