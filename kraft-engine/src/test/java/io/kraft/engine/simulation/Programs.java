package io.kraft.engine.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Draws workflows. A child's program comes behind that of its parent, so that no run has
 * descendants without end.
 */
final class Programs {

	static final int COUNT = 5;

	static final List<String> WORKFLOWS = List.of("plain", "limited", "brief");

	private static final List<String> SIGNALS = List.of("go", "ok");

	/** In milliseconds. */
	static final long SHORTEST_WAIT = 1;

	private static final List<Long> WAITS = List.of(SHORTEST_WAIT, 400L, 5_000L, 90_000L);

	private final RandomGenerator random;

	private int names;

	private final List<String> children;

	private final boolean talkative;

	/**
	 * Draws from a seed.
	 * @param children the workflows of children
	 * @param partitions of the engine: with several, more runs ask something of others
	 */
	Programs(RandomGenerator random, List<String> children, int partitions) {
		this.random = random;
		this.children = children;
		this.talkative = partitions > 1;
	}

	List<List<Op>> draw() {
		List<List<Op>> programs = new ArrayList<>();
		for (int index = 0; index < COUNT; index++) {
			List<Op> ops = draw(index, 0, 1 + this.random.nextInt(5));
			if (chance(15)) {
				ops.add(new Op.ContinueAsNew(name("continue")));
			}
			programs.add(ops);
		}
		return programs;
	}

	private List<Op> draw(int program, int depth, int count) {
		List<Op> ops = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			ops.add(op(program, depth));
		}
		return ops;
	}

	private Op op(int program, int depth) {
		int dice = this.random.nextInt(100);
		if (this.talkative && chance(25)) {
			// Behind the steps, and what they have in common: a child, or a signal.
			dice = chance(50) ? 65 : 86;
		}
		if (dice < 36) {
			return step();
		}
		if (dice < 46) {
			return new Op.Sleep(name("sleep"), one(WAITS));
		}
		if (dice < 56) {
			return new Op.AwaitSignal(name("signal"), one(SIGNALS), chance(40) ? one(WAITS) : 0);
		}
		if (dice < 60) {
			return new Op.AwaitCallback(name("callback"));
		}
		if (dice < 70 && program < COUNT - 1) {
			int child = program + 1 + this.random.nextInt(COUNT - 1 - program);
			return new Op.Child(name("child"), one(this.children), child, chance(70));
		}
		if (dice < 76 && depth < 2) {
			List<List<Op>> branches = new ArrayList<>();
			for (int i = 0; i < 2; i++) {
				branches.add(draw(program, depth + 1, 1 + this.random.nextInt(2)));
			}
			return new Op.Branches(name("branches"), branches);
		}
		return small(program, depth, dice);
	}

	private Op small(int program, int depth, int dice) {
		return switch (dice % 10) {
			case 0 -> new Op.SideEffect(name("effect"));
			case 1 -> new Op.SetState(name("state"));
			case 2 -> new Op.Publish(name("published"));
			case 3 -> new Op.ReadTime(name("time"));
			case 4 -> new Op.DrawUuid(name("uuid"));
			case 5 -> new Op.Patched(name("patch"));
			case 6 -> new Op.SendSignal(name("sent"), "r" + this.random.nextInt(Events.IDS), one(SIGNALS),
					this.talkative ? 3 : 1);
			case 7 -> new Op.OnFailure(name("failure"));
			case 8 -> (depth < 2) ? new Op.Shielded(name("shield"), draw(program, depth + 1, 1)) : step();
			default -> chance(50) ? new Op.Fail(name("fail")) : step();
		};
	}

	private Op step() {
		Op.Flavor flavor = chance(50) ? Op.Flavor.PLAIN : chance(50) ? Op.Flavor.COMPENSATED : Op.Flavor.AT_MOST_ONCE;
		int failures = chance(60) ? 0 : 1 + this.random.nextInt(4);
		return new Op.Step(name("step"), flavor, failures, chance(40), chance(25), chance(60));
	}

	private boolean chance(int percent) {
		return this.random.nextInt(100) < percent;
	}

	private <T> T one(List<T> list) {
		return list.get(this.random.nextInt(list.size()));
	}

	private String name(String kind) {
		return kind + "-" + this.names++;
	}

}
