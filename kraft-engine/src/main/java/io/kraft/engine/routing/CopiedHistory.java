package io.kraft.engine.routing;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.kraft.engine.journal.JournalEntry;
import io.kraft.engine.journal.JournalEntry.ChildStarted;
import io.kraft.engine.journal.JournalEntry.RunContinued;
import io.kraft.engine.journal.JournalEntry.ValuePublished;
import io.kraft.engine.journal.JournalEntry.WaitEnded;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.Position;
import org.jspecify.annotations.Nullable;

/**
 * What a new run takes over from an old one.
 *
 * @param seed of the old run where its operations are kept, so that its random numbers
 * continue
 * @param continued what the old run had kept from the journal before; null if its journal
 * was the first
 * @param entries of operations
 */
public record CopiedHistory(long seed, @Nullable RunContinued continued, List<JournalEntry> entries) {

	/**
	 * The children that were started, and whose ends are not recorded.
	 */
	public Collection<ChildStarted> openChildren() {
		Map<Position, ChildStarted> open = new LinkedHashMap<>();
		for (JournalEntry entry : this.entries) {
			if (entry instanceof ChildStarted child) {
				open.put(child.position(), child);
			}
			else if (entry instanceof WaitEnded ended) {
				open.remove(ended.position());
			}
		}
		return open.values();
	}

	/**
	 * What the operations have published.
	 */
	public Map<String, Payload> published() {
		Map<String, Payload> published = new HashMap<>();
		for (JournalEntry entry : this.entries) {
			if (entry instanceof ValuePublished value) {
				published.put(value.key(), value.value());
			}
		}
		return published;
	}

}
