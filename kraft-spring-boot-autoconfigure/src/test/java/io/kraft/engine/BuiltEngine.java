package io.kraft.engine;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;

import io.kraft.engine.run.ArgumentMismatch;
import io.kraft.engine.run.OffThreadCalls;
import io.kraft.engine.store.Store;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.BeanUtils;
import org.springframework.beans.DirectFieldAccessor;

/**
 * What a builder was told, for tests of those who tell it.
 */
public record BuiltEngine(@Nullable IntFunction<Store> stores, @Nullable JsonMapper jsonMapper, InstantSource clock,
		List<PayloadCodec> payloadCodecs, int maxConcurrentWorkflows, int maxParkedWorkflows, long maxPayloadBytes,
		int maxJournalEntries, boolean recordArguments, ArgumentMismatch argumentMismatch,
		OffThreadCalls offThreadCalls, Duration retention, Duration shutdownGracePeriod, boolean nonBlockingThread,
		@Nullable Duration callTimeout) {

	/**
	 * Reads the fields of a builder, which has no other way to show them.
	 */
	public static BuiltEngine of(KraftEngineBuilder builder) {
		DirectFieldAccessor fields = new DirectFieldAccessor(builder);
		return (BuiltEngine) BeanUtils.instantiateClass(BuiltEngine.class.getConstructors()[0],
				Arrays.stream(BuiltEngine.class.getRecordComponents())
					.map((component) -> value(fields.getPropertyValue(component.getName())))
					.toArray());
	}

	private static @Nullable Object value(@Nullable Object field) {
		return switch (field) {
			case null -> null;
			case BooleanSupplier supplier -> supplier.getAsBoolean();
			case List<?> list -> List.copyOf(list);
			default -> field;
		};
	}

}
