package io.kraft.engine;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

import io.kraft.engine.run.ArgumentMismatch;
import io.kraft.engine.run.OffThreadCalls;
import io.kraft.engine.store.Store;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a builder was told, for tests of those who tell it.
 */
public record BuiltEngine(@Nullable Supplier<Store> store, @Nullable JsonMapper jsonMapper, InstantSource clock,
		List<PayloadCodec> payloadCodecs, int maxConcurrentWorkflows, int maxParkedWorkflows, long maxPayloadBytes,
		int maxJournalEntries, boolean recordArguments, ArgumentMismatch argumentMismatch,
		OffThreadCalls offThreadCalls, Duration retention, Duration shutdownGracePeriod, boolean nonBlockingThread,
		@Nullable Duration callTimeout) {

	public static BuiltEngine of(KraftEngineBuilder builder) {
		return new BuiltEngine(builder.store, builder.jsonMapper, builder.clock, List.copyOf(builder.payloadCodecs),
				builder.maxConcurrentWorkflows, builder.maxParkedWorkflows, builder.maxPayloadBytes,
				builder.maxJournalEntries, builder.recordArguments, builder.argumentMismatch, builder.offThreadCalls,
				builder.retention, builder.shutdownGracePeriod, builder.nonBlockingThread.getAsBoolean(),
				builder.callTimeout);
	}

}
