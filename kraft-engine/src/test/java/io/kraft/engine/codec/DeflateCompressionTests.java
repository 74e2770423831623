package io.kraft.engine.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DeflateCompressionTests {

	private final DeflateCompression compression = new DeflateCompression(100, 1_000_000);

	@Test
	void aLargePayloadBecomesSmallerAndIsReadBack() {
		byte[] plain = "{\"name\":\"value\"},".repeat(1000).getBytes(StandardCharsets.UTF_8);

		byte[] wrapped = this.compression.encode(plain);

		assertThat(wrapped).hasSizeLessThan(plain.length / 10);
		assertThat(this.compression.decode(wrapped)).isEqualTo(plain);
	}

	@Test
	void aPayloadOfAnyLengthIsReadBackAndGrowsByOneByteAtMost() {
		Random random = new Random(1);
		for (int length = 0; length < 2000; length++) {
			byte[] noise = new byte[length];
			random.nextBytes(noise);
			byte[] half = noise.clone();
			Arrays.fill(half, length / 2, length, (byte) 'x');
			for (byte[] plain : new byte[][] { noise, half, new byte[length] }) {
				byte[] wrapped = this.compression.encode(plain);

				assertThat(wrapped.length).isLessThanOrEqualTo(plain.length + 1);
				assertThat(this.compression.decode(wrapped)).isEqualTo(plain);
			}
		}
	}

	@Test
	void fewBytesCannotFillTheHeap() {
		byte[] bomb = new DeflateCompression(0, Integer.MAX_VALUE).encode(new byte[50_000_000]);
		assertThat(bomb.length).isLessThan(300_000);

		assertThatIllegalArgumentException().isThrownBy(() -> this.compression.decode(bomb))
			.withMessageContaining("larger than 1000000 bytes")
			.withMessageContaining("kraft.engine.max-payload-size");
	}

	@Test
	void theLargestPayloadIsReadBack() {
		byte[] plain = new byte[1_000_000];

		assertThat(this.compression.decode(this.compression.encode(plain))).isEqualTo(plain);
	}

	@Test
	void bytesThatWereCutOffOrChangedAreRefused() {
		byte[] plain = "{\"name\":\"value\"},".repeat(50).getBytes(StandardCharsets.UTF_8);
		byte[] wrapped = this.compression.encode(plain);
		for (int length = 0; length < wrapped.length; length++) {
			byte[] cutOff = Arrays.copyOf(wrapped, length);

			assertThatIllegalArgumentException().isThrownBy(() -> this.compression.decode(cutOff));
		}
		byte[] longer = Arrays.copyOf(wrapped, wrapped.length + 1);

		assertThatIllegalArgumentException().isThrownBy(() -> this.compression.decode(longer))
			.withMessage("more follows after its end");
		assertThatIllegalArgumentException().isThrownBy(() -> this.compression.decode(new byte[] { 9, 9 }));
	}

}
