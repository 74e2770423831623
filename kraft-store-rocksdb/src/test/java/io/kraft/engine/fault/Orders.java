package io.kraft.engine.fault;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.kraft.engine.KraftEngine;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.store.rocksdb.RocksDbOptions;
import io.kraft.engine.store.rocksdb.RocksDbStores;
import io.kraft.workflow.Delivery;
import io.kraft.workflow.StepContext;
import io.kraft.workflow.StepOutcomeUnknownException;
import io.kraft.workflow.WorkflowContext;

/**
 * The runs that meet a fault: steps, one of them at most once and one that is retried, a
 * timer, and a signal. What their bodies do is noted when they are entered.
 */
final class Orders {

	static final String NAME = "order";

	/** Begins ids of orders that need their own partition only. */
	static final String PROBE = "probe";

	private static final String PARCEL = "parcel";

	static final Duration GRACE = Duration.ofSeconds(2);

	/** In this order. */
	static final List<String> STEPS = List.of("reserve", "charge", "ship");

	/** Longer than any jump of the clock. */
	private static final Duration RETENTION = Duration.ofDays(400);

	private static final Duration REST = Duration.ofMillis(40);

	private static final RetryPolicy RETRY = RetryPolicy.defaults().withInitialDelay(Duration.ofMillis(20));

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final AtomicReference<KraftEngine> engine = new AtomicReference<>();

	private final String life;

	private final Notes notes;

	private final boolean packs;

	private final WorkflowDefinition parcel = WorkflowDefinition.of(PARCEL, MethodSignature.of(String.class),
			(arguments) -> step(StepDefinition.of("pack", MethodSignature.of(String.class), RETRY), 1));

	private Orders(String life, Notes notes, boolean packs) {
		this.life = life;
		this.notes = notes;
		this.packs = packs;
	}

	/**
	 * An engine that is not started.
	 * @param life of the process, without spaces
	 */
	static KraftEngine engine(Path data, String life, Notes notes, InstantSource clock, Hostility hostility) {
		return engine(data, 1, life, notes, clock, hostility);
	}

	/**
	 * An engine that is not started.
	 * @param partitions with more than one, orders that are no probes have a child,
	 * wherever its id is
	 * @param life of the process, without spaces
	 */
	static KraftEngine engine(Path data, int partitions, String life, Notes notes, InstantSource clock,
			Hostility hostility) {
		Orders orders = new Orders(life, notes, partitions > 1);
		KraftEngine engine = KraftEngine.builder()
			.stores(partitions, new RocksDbStores(new RocksDbOptions(data, true), partitions))
			.workflows(List.of(orders.parcel,
					WorkflowDefinition.of(NAME, MethodSignature.of(String.class), (arguments) -> orders.order()),
					WorkflowDefinition.of(Hostility.NAME, MethodSignature.of(String.class, String.class),
							(arguments) -> hostility.run(orders.engine.get(), String.valueOf(arguments[0])))))
			.clock(clock)
			.retention(RETENTION)
			.shutdownGracePeriod(GRACE)
			.build();
		orders.engine.set(engine);
		return engine;
	}

	private String order() throws Throwable {
		String reserved = step(StepDefinition.of("reserve", MethodSignature.of(String.class), RETRY), 1);
		Instant before = this.workflow.now();
		this.workflow.sleep(REST);
		if (this.workflow.now().isBefore(before.plus(REST))) {
			this.notes.add("early", this.workflow.workflowId());
		}
		String charged = charge();
		if (this.packs && !this.workflow.workflowId().startsWith(PROBE)) {
			this.engine.get().calls().workflow(this.parcel, new Object[0], () -> "not in a run");
		}
		String paid = this.workflow.awaitSignal("paid", String.class);
		String shipped = step(StepDefinition.of("ship", MethodSignature.of(String.class), RETRY), 2);
		return String.join(" ", reserved, charged, paid, shipped);
	}

	private String charge() throws Throwable {
		try {
			return step(StepDefinition.of("charge", MethodSignature.of(String.class), RETRY)
				.withDelivery(Delivery.AT_MOST_ONCE), 1);
		}
		catch (StepOutcomeUnknownException ex) {
			return "unknown";
		}
	}

	/** Fails until it is attempted for this time. */
	private String step(StepDefinition step, int succeedsAt) throws Throwable {
		return String.valueOf(this.engine.get().calls().step(step, new Object[0], (copies) -> {
			StepContext context = StepContext.current();
			this.notes.add("entered", context.workflowId(), step.name(), Integer.toString(context.attempt()),
					context.idempotencyKey(), this.life);
			if (context.attempt() < succeedsAt) {
				throw new IOException("down");
			}
			return step.name();
		}));
	}

	/**
	 * Whether a run may end like this.
	 */
	static boolean isRight(String result) {
		return result.matches("reserve (charge|unknown) card ship");
	}

}
