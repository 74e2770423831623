package io.kraft.engine.store.kv;

import java.util.List;

/**
 * A set of run numbers that is walked downwards.
 */
sealed interface RunNumbers {

	/**
	 * The highest number of the set that is not above the given one; 0 if the set has
	 * none. When the allowance is spent, a number below which the walk can be resumed,
	 * and which may not be in the set.
	 * @param number not above that of the call before
	 */
	long atOrBelow(long number);

	/**
	 * How many keys may still be looked at.
	 */
	final class Allowance {

		private int left;

		Allowance(int keys) {
			this.left = keys;
		}

		void take() {
			this.left--;
		}

		boolean isSpent() {
			return this.left <= 0;
		}

	}

	/**
	 * The numbers behind a prefix of keys.
	 */
	final class OfPrefix implements RunNumbers {

		// A seek costs as much as some ten steps.
		private static final int STEPS_BEFORE_SEEK = 8;

		private final KeyCursor cursor;

		private final byte[] prefix;

		private final Allowance allowance;

		private long current = Long.MAX_VALUE;

		OfPrefix(KeyCursor cursor, byte[] prefix, Allowance allowance) {
			this.cursor = cursor;
			this.prefix = prefix;
			this.allowance = allowance;
		}

		@Override
		public long atOrBelow(long number) {
			if (this.current != Long.MAX_VALUE) {
				for (int step = 0; step < STEPS_BEFORE_SEEK && this.current > number; step++) {
					moved(this.cursor.previous());
				}
			}
			if (this.current > number) {
				moved(this.cursor.atOrBefore(Keys.append(this.prefix, number)));
			}
			return this.current;
		}

		private void moved(boolean found) {
			this.allowance.take();
			this.current = found ? Keys.lastNumber(this.cursor.key()) : 0;
		}

	}

	/**
	 * The numbers that are in any of the sets.
	 */
	record AnyOf(List<RunNumbers> sets) implements RunNumbers {

		@Override
		public long atOrBelow(long number) {
			long highest = 0;
			for (RunNumbers set : this.sets) {
				highest = Math.max(highest, set.atOrBelow(number));
			}
			return highest;
		}

	}

	/**
	 * The numbers that are in all of the sets: each in turn lowers the bound for the
	 * others, until they agree.
	 */
	record AllOf(List<RunNumbers> sets, Allowance allowance) implements RunNumbers {

		@Override
		public long atOrBelow(long number) {
			long bound = number;
			int agreeing = 0;
			for (int i = 0; agreeing < this.sets.size() && !this.allowance.isSpent(); i++) {
				long next = this.sets.get(i % this.sets.size()).atOrBelow(bound);
				if (next == 0) {
					return 0;
				}
				agreeing = (next == bound) ? agreeing + 1 : 1;
				bound = next;
			}
			return bound;
		}

	}

}
