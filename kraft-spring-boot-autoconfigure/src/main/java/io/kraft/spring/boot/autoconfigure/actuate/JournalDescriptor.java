package io.kraft.spring.boot.autoconfigure.actuate;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kraft.client.OperationView;
import io.kraft.spring.boot.autoconfigure.operator.Payloads;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * A piece of a run's journal.
 *
 * @param entries one for each operation, in order
 * @param nextFrom where the next piece begins; left out of the last one
 */
public record JournalDescriptor(List<Entry> entries,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer nextFrom) implements OperationResponseBody {

	/** Characters of payloads after which a piece ends early, as in the web API. */
	private static final long ENOUGH = 4_000_000;

	/**
	 * The operations from the given one, counted from 0.
	 */
	static JournalDescriptor of(List<OperationView> journal, int from, int limit, Payloads payloads) {
		int begin = Math.min(from, journal.size());
		int end = end(journal, begin, limit);
		List<Entry> entries = journal.subList(begin, end).stream().map((view) -> Entry.of(view, payloads)).toList();
		return new JournalDescriptor(entries, (end < journal.size()) ? end : null);
	}

	private static int end(List<OperationView> journal, int begin, int limit) {
		int most = begin + Math.min(limit, journal.size() - begin);
		int end = begin;
		long size = 0;
		while (end < most && size < ENOUGH) {
			OperationView operation = journal.get(end++);
			size += length(operation.arguments()) + length(operation.outcome()) + length(operation.failure());
		}
		return end;
	}

	private static int length(@Nullable String text) {
		return (text != null) ? text.length() : 0;
	}

	/**
	 * An operation, with the components of {@link OperationView}; what is not known is
	 * null.
	 */
	@JsonInclude(JsonInclude.Include.ALWAYS)
	public record Entry(String position, String kind, String name, @Nullable String arguments, @Nullable String outcome,
			@Nullable String failure, int attempts, Instant startedAt, @Nullable Instant finishedAt,
			@Nullable Instant dueAt) {

		static Entry of(OperationView view, Payloads payloads) {
			return new Entry(view.position(), view.kind(), view.name(), payloads.show(view.arguments()),
					payloads.show(view.outcome()), view.failure(), view.attempts(), view.startedAt(), view.finishedAt(),
					view.dueAt());
		}

	}

}
