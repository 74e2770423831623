package io.kraft.engine.fault;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.kraft.client.Page;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowEndedException;
import io.kraft.client.WorkflowQuery;
import io.kraft.engine.KraftEngine;
import io.kraft.engine.routing.PartitionMap;
import io.kraft.engine.store.backup.BackupSet;
import io.kraft.engine.store.rocksdb.RocksDbDoctor;
import io.kraft.engine.store.rocksdb.RocksDbOptions;
import io.kraft.engine.testing.StoreCheck;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What must hold after each fault: the store is sound, everything that was acknowledged
 * is there, every run ends well, and nothing was done that should not have been.
 */
final class Recovery {

	private final Path data;

	private final Notes notes;

	private final int partitions;

	private Recovery(Path data, int partitions, Notes notes) {
		this.data = data;
		this.partitions = partitions;
		this.notes = notes;
	}

	/**
	 * Starts an engine in this process, with its code fixed and the clock as it was set,
	 * and lets everything end.
	 */
	static void check(Path data, Notes notes) throws Exception {
		check(data, 1, notes);
	}

	/**
	 * As {@link #check(Path, Notes)}.
	 */
	static void check(Path data, int partitions, Notes notes) throws Exception {
		Recovery recovery = new Recovery(data, partitions, notes);
		recovery.checkStore();
		recovery.checkResults();
		recovery.checkStore();
		recovery.checkEffects();
		assertThat(notes.of("wrong")).as("what the process found wrong").isEmpty();
		assertThat(notes.of("started")).as("enough load to mean something").hasSizeGreaterThan(5);
	}

	private void checkStore() {
		if (this.partitions == 1) {
			StoreCheck.check(RocksDbDoctor.check(new RocksDbOptions(this.data, true), 50));
			return;
		}
		List<RocksDbOptions> stores = IntStream.range(0, this.partitions)
			.mapToObj((number) -> new RocksDbOptions(BackupSet.directory(this.data, number), true))
			.toList();
		stores.forEach((store) -> StoreCheck.check(RocksDbDoctor.check(store, 50)));
		StoreCheck.check(RocksDbDoctor.checkTogether(stores, new PartitionMap(this.partitions)::of, 50));
	}

	private void checkResults() throws Exception {
		long offset = this.notes.of("clock").stream().mapToLong((words) -> Long.parseLong(words.get(1))).sum();
		KraftEngine engine = Orders.engine(this.data, this.partitions, "recovery", this.notes,
				() -> Instant.now().plusMillis(offset), Hostility.FIXED);
		engine.start();
		try {
			WorkflowClient client = engine.client();
			List<WorkflowDescription> runs = all(client);
			assertThat(runs.stream().map(WorkflowDescription::id)).as("acknowledged starts")
				.containsAll(ids("started"))
				.containsAll(ids("attacked"));
			Set<String> signalled = new HashSet<>(ids("signalled"));
			runs.stream().filter((run) -> !signalled.contains(run.id())).forEach((run) -> pay(client, run));
			Map<String, String> ended = new HashMap<>();
			this.notes.of("ended")
				.forEach((words) -> ended.put(words.get(1), String.join(" ", words.subList(2, words.size()))));
			for (WorkflowDescription run : runs) {
				if (run.name().equals(Orders.NAME)) {
					String result = String.valueOf(client.handle(run.id()).resultAsync().get(60, TimeUnit.SECONDS));
					assertThat(result).as("result of %s", run.id()).matches(Orders::isRight);
					assertThat(ended.getOrDefault(run.id(), result)).as("what clients of %s got", run.id())
						.isEqualTo(result);
				}
				else if (run.name().equals(Hostility.NAME)) {
					checkAttack(client, run.id());
				}
			}
		}
		finally {
			engine.stop();
		}
	}

	private static List<WorkflowDescription> all(WorkflowClient client) {
		Page<WorkflowDescription> page = client.list(WorkflowQuery.all().limit(1000));
		List<WorkflowDescription> all = new ArrayList<>(page.items());
		while (page.nextCursor().isPresent()) {
			page = client.list(WorkflowQuery.all().limit(1000).cursor(page.nextCursor().get()));
			all.addAll(page.items());
		}
		return all;
	}

	/** Only those that wait for it, and whose signal was not acknowledged. */
	private static void pay(WorkflowClient client, WorkflowDescription run) {
		if (run.name().equals(Orders.NAME) && !run.status().isTerminal()) {
			try {
				client.signal(run.id(), "paid", "card", "payment");
			}
			catch (WorkflowEndedException ex) {
				// The signal had arrived, though nobody was told.
			}
		}
	}

	private static void checkAttack(WorkflowClient client, String id) throws Exception {
		switch (client.handle(id).status()) {
			case PAUSED -> client.resume(id);
			case FAILED -> client.retry(id);
			case RUNNING, PENDING, SUSPENDED, COMPLETED -> {
			}
			case SCHEDULED, CANCELLED, TIMED_OUT, TERMINATED, DEAD ->
				throw new AssertionError(client.handle(id).describe().toString());
		}
		assertThat(client.handle(id).resultAsync().get(60, TimeUnit.SECONDS)).as("the run of %s, now fixed", id)
			.isEqualTo("fixed");
	}

	private List<String> ids(String kind) {
		return this.notes.of(kind).stream().map((words) -> words.get(1)).toList();
	}

	/** Nothing recorded is entered again. */
	private void checkEffects() {
		Map<String, Integer> reached = new HashMap<>();
		Map<String, String> keys = new HashMap<>();
		Set<List<String>> entered = new HashSet<>();
		Set<String> charged = new HashSet<>();
		Map<String, Integer> attempts = new HashMap<>();
		for (List<String> words : this.notes.of("entered")) {
			String run = words.get(1);
			String step = words.get(2);
			int ordinal = Orders.STEPS.indexOf(step);
			assertThat(ordinal).as("%s after a later step", words)
				.isGreaterThanOrEqualTo(reached.merge(run, ordinal, Math::max));
			String place = run + " " + step;
			assertThat(words.get(4)).as("idempotency key of %s", words)
				.isEqualTo(keys.computeIfAbsent(place, (absent) -> words.get(4)));
			assertThat(entered.add(words)).as("%s twice in one life", words).isTrue();
			int attempt = Integer.parseInt(words.get(3));
			assertThat(attempt).as("attempts of %s", words)
				.isGreaterThanOrEqualTo(attempts.merge(place, attempt, Math::max));
			if (step.equals("charge")) {
				assertThat(charged.add(run)).as("%s, at most once", words).isTrue();
			}
		}
	}

}
