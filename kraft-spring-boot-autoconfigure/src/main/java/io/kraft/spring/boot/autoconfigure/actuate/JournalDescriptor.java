package io.kraft.spring.boot.autoconfigure.actuate;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kraft.client.JournalView;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * A run's journal.
 *
 * @param entries one for each operation, in order
 */
public record JournalDescriptor(List<Entry> entries) implements OperationResponseBody {

	static JournalDescriptor of(List<JournalView> journal) {
		return new JournalDescriptor(journal.stream().map(Entry::of).toList());
	}

	/**
	 * An operation, with the components of {@link JournalView}; what is not known is
	 * null.
	 */
	@JsonInclude(JsonInclude.Include.ALWAYS)
	public record Entry(String position, String kind, String name, @Nullable String arguments, @Nullable String outcome,
			@Nullable String failure, int attempts, Instant startedAt, @Nullable Instant finishedAt,
			@Nullable Instant dueAt) {

		static Entry of(JournalView view) {
			return new Entry(view.position(), view.kind(), view.name(), view.arguments().orElse(null),
					view.outcome().orElse(null), view.failure().orElse(null), view.attempts(), view.startedAt(),
					view.finishedAt().orElse(null), view.dueAt().orElse(null));
		}

	}

}
