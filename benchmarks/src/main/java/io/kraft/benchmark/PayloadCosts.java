package io.kraft.benchmark;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import io.kraft.engine.PayloadCodec;
import io.kraft.engine.codec.AesGcmEncryption;
import io.kraft.engine.codec.DeflateCompression;
import io.kraft.engine.codec.EncryptionKeys;

/**
 * What encryption, compression and idempotency keys cost, next to the same runs without.
 * All take turns.
 */
final class PayloadCosts {

	private static final Duration WARM_UP = Duration.ofSeconds(5);

	private static final PayloadCodec COMPRESSION = new DeflateCompression(1024, 2 << 20);

	private static final PayloadCodec ENCRYPTION = new AesGcmEncryption(
			EncryptionKeys.ofBase64("k",
					Map.of("k", Base64.getEncoder()
						.encodeToString("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII)))),
			false);

	private static final List<Variant> VARIANTS = List.of(new Variant("plain", List.of(), false),
			new Variant("idempotency keys", List.of(), true), new Variant("compressed", List.of(COMPRESSION), false),
			new Variant("encrypted", List.of(ENCRYPTION), false),
			new Variant("compressed, encrypted", List.of(COMPRESSION, ENCRYPTION), false));

	private final Settings settings;

	private final DataDirectories directories;

	private final Callers callers = new Callers(256);

	PayloadCosts(Settings settings, DataDirectories directories) {
		this.settings = settings;
		this.directories = directories;
	}

	void print() {
		for (int size : List.of(100, 4000)) {
			String text = PayloadLoop.text(size);
			Table.title("payloads: 10 steps of a text of " + size + " bytes a run, 256 callers"
					+ (this.settings.fsync() ? "" : ", no fsync"));
			VARIANTS.forEach((variant) -> measure(variant, text, false, WARM_UP));
			for (int repeat = 0; repeat < this.settings.repeats(); repeat++) {
				compare(text);
			}
		}
	}

	private void compare(String text) {
		Cost plain = null;
		for (Variant variant : VARIANTS) {
			Cost cost = measure(variant, text, this.settings.fsync(), this.settings.time());
			plain = (plain != null) ? plain : cost;
			Table.row(variant.name(), "%,7.0f runs/s (%.2f), processor %.1f us a step (%.2f), %.0f bytes a step",
					cost.runs().perSecond(), cost.runs().perSecond() / plain.runs().perSecond(), cost.micros(),
					cost.micros() / plain.micros(), cost.bytes());
		}
	}

	private Cost measure(Variant variant, String text, boolean sync, Duration time) {
		Path directory = this.directories.create("payloads");
		try (PayloadLoop loop = new PayloadLoop(directory, sync, variant.codecs(), text, variant.asksForKeys())) {
			Measurement runs = this.callers.call(loop, time);
			return new Cost(runs, loop.bytesOfStep());
		}
		finally {
			DataDirectories.delete(directory);
		}
	}

	private record Variant(String name, List<PayloadCodec> codecs, boolean asksForKeys) {
	}

	private record Cost(Measurement runs, double bytes) {

		double micros() {
			return this.runs.processorMicros() / KraftLoop.STEPS;
		}

	}

}
