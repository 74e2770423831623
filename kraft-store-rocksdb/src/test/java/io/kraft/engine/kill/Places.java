package io.kraft.engine.kill;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A limited number of places, as the marks of those who entered and left show them. Marks
 * of a life are in the order in which they were made: one is entered after its place was
 * taken, and left before that is given back.
 *
 * @param name for people
 * @param limit of places
 * @param marks of all lives, those who want a place only
 */
record Places(String name, int limit, List<Mark> marks) {

	static Places of(Aftermath aftermath, String workflow, int limit) {
		Predicate<Mark> isOfIt = (mark) -> aftermath.isRunOf(mark.subject(), workflow);
		return new Places(workflow, limit, aftermath.marks().stream().filter(isOfIt).toList());
	}

	/**
	 * In no life are more inside at once than there are places.
	 */
	void checkLimit() {
		Map<String, Set<String>> inside = new HashMap<>();
		for (Mark mark : this.marks) {
			Set<String> now = inside.computeIfAbsent(mark.life(), (life) -> new HashSet<>());
			switch (mark.kind()) {
				case ENTERED -> now.add(mark.subject());
				case LEFT -> now.remove(mark.subject());
				default -> {
				}
			}
			assertThat(now).as("inside of %s at %s", this.name, mark).hasSizeLessThanOrEqualTo(this.limit);
		}
	}

	/**
	 * Who waits is overtaken, in each life, by those only that had a place before it was
	 * known to wait.
	 * @param priority by id
	 * @param delayMillis by id; who is delayed may be overtaken by all
	 */
	void checkPriorities(ToIntFunction<String> priority, ToIntFunction<String> delayMillis) {
		Set<String> waiting = new HashSet<>();
		Set<String> entered = new HashSet<>();
		Map<String, Integer> overtaken = new HashMap<>();
		for (Mark mark : this.marks) {
			String id = mark.subject();
			if (mark.kind() == Mark.Kind.ACKNOWLEDGED && delayMillis.applyAsInt(id) == 0 && !entered.contains(id)) {
				waiting.add(id);
			}
			else if (mark.kind() == Mark.Kind.ENTERED && entered.add(id)) {
				waiting.remove(id);
				for (String other : waiting) {
					if (priority.applyAsInt(other) > priority.applyAsInt(id)) {
						assertThat(overtaken.merge(mark.life() + " " + other, 1, Integer::sum))
							.as("how often %s was overtaken in %s, at last by %s", other, this.name, mark)
							.isLessThanOrEqualTo(this.limit);
					}
				}
			}
		}
	}

	/**
	 * Nobody enters sooner than a delay after it was asked for.
	 * @param delayMillis by id
	 */
	void checkDelays(ToIntFunction<String> delayMillis) {
		Map<String, Long> asked = new HashMap<>();
		for (Mark mark : this.marks) {
			if (mark.kind() == Mark.Kind.ASKED) {
				asked.putIfAbsent(mark.subject(), mark.at());
			}
			else if (mark.kind() == Mark.Kind.ENTERED && delayMillis.applyAsInt(mark.subject()) > 0) {
				assertThat(asked).as("asked for before %s", mark).containsKey(mark.subject());
				assertThat(mark.at() - asked.getOrDefault(mark.subject(), 0L)).as("delay of %s", mark)
					.isGreaterThanOrEqualTo(delayMillis.applyAsInt(mark.subject()));
			}
		}
	}

}
