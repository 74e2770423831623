package io.kraft.benchmark;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.kraft.client.StartOptions;
import io.kraft.engine.KraftEngine;
import io.kraft.engine.PayloadCodec;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.journal.JournalEntry.StepCompleted;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.rocksdb.RocksDbOptions;
import io.kraft.engine.store.rocksdb.RocksDbStore;
import io.kraft.workflow.StepContext;

/**
 * Kraft with codecs: its runs have ten steps, each of which returns a text.
 */
final class PayloadLoop implements Loop {

	private static final String NAME = "payloads";

	private final AtomicReference<Store> store = new AtomicReference<>();

	private final List<StepDefinition> steps = IntStream.range(0, KraftLoop.STEPS)
		.mapToObj((number) -> StepDefinition.of("step-" + number, MethodSignature.of(String.class, int.class),
				RetryPolicy.defaults()))
		.toList();

	private final KraftEngine engine;

	/**
	 * A loop above a fresh directory.
	 * @param asksForKeys whether each step asks for its idempotency key
	 */
	PayloadLoop(Path directory, boolean sync, List<PayloadCodec> codecs, String text, boolean asksForKeys) {
		this.engine = Engines.above(directory, sync, Engines.workflow(NAME, (arguments) -> {
			for (StepDefinition step : this.steps) {
				callStep(step, text, asksForKeys);
			}
			return this.steps.size();
		})).store(() -> open(directory, sync)).payloadCodecs(codecs).build();
		this.engine.start();
	}

	private Store open(Path directory, boolean sync) {
		Store opened = RocksDbStore.open(new RocksDbOptions(directory, sync));
		this.store.set(opened);
		return opened;
	}

	private void callStep(StepDefinition step, String text, boolean asksForKeys) throws Throwable {
		this.engine.calls().step(step, new Object[] { 1 }, (copies) -> {
			if (asksForKeys && StepContext.current().idempotencyKey().isEmpty()) {
				throw new IllegalStateException("no key");
			}
			return text;
		});
	}

	@Override
	public void executeRun() {
		this.engine.client().start(NAME, StartOptions.defaults(), 1).result();
	}

	/**
	 * Average size of the entry of a step, in the first run.
	 */
	double bytesOfStep() {
		return IntStream.range(0, this.store.get().journalLength(1))
			.mapToObj((sequence) -> this.store.get().entry(1, sequence))
			.filter((entry) -> entry != null && JournalCodec.decode(entry) instanceof StepCompleted)
			.mapToInt((entry) -> entry.length)
			.average()
			.orElse(0);
	}

	@Override
	public void close() {
		this.engine.close();
	}

	/**
	 * A text of words and numbers, about as compressible as JSON of an application.
	 */
	static String text(int length) {
		SplittableRandom random = new SplittableRandom(1);
		return random.ints(length, 0, 4096)
			.mapToObj((number) -> (number % 3 == 0) ? Integer.toString(number) : "word" + number % 97)
			.collect(Collectors.joining(" "))
			.substring(0, length);
	}

}
