package io.kraft.engine.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

import io.kraft.engine.simulation.Event.Kind;

/**
 * Draws what happens.
 */
final class Events {

	/** How many ids clients choose among. */
	static final int IDS = 5;

	private static final List<Kind> CALM = List.of(Kind.START, Kind.START, Kind.START, Kind.ENQUEUE, Kind.SIGNAL,
			Kind.SIGNAL, Kind.COMPLETE, Kind.MOVE_TO_NEXT, Kind.MOVE_TO_NEXT, Kind.MOVE, Kind.OPEN_GATES, Kind.KILL);

	private static final int EVENTS = 30;

	private Events() {
	}

	static List<Event> draw(RandomGenerator random, int partitions) {
		int total = 0;
		for (Kind kind : Kind.values()) {
			total += kind.weight(partitions);
		}
		List<Event> events = new ArrayList<>();
		events.add(event(Kind.START, random));
		for (int i = 0; i < EVENTS; i++) {
			events.add(event(kind(random.nextInt(total), partitions), random));
		}
		return events;
	}

	static List<Event> drawCalm(RandomGenerator random, int partitions) {
		List<Kind> kinds = new ArrayList<>(CALM);
		if (partitions > 1) {
			kinds.addAll(List.of(Kind.LOSE_PARTITION, Kind.TAKE_PARTITION));
		}
		List<Event> events = new ArrayList<>();
		for (int i = 0; i < EVENTS; i++) {
			Event drawn = event(kinds.get(random.nextInt(kinds.size())), random);
			events.add(new Event(drawn.kind(), drawn.target(), drawn.choice(), drawn.extra(), true));
		}
		return events;
	}

	private static Event event(Kind kind, RandomGenerator random) {
		return new Event(kind, random.nextInt(1 << 20), random.nextInt(1 << 20), random.nextInt(1 << 20),
				random.nextInt(100) < 80);
	}

	private static Kind kind(int dice, int partitions) {
		int left = dice;
		for (Kind kind : Kind.values()) {
			left -= kind.weight(partitions);
			if (left < 0) {
				return kind;
			}
		}
		throw new IllegalStateException("No kind for " + dice);
	}

}
