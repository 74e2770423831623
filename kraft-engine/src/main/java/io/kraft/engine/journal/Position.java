package io.kraft.engine.journal;

import java.util.Arrays;

/**
 * Where an operation stands in its run: {@code 3} is the third operation of the run,
 * {@code 3.2} the second inside the branch that operation 3 opened. Immutable.
 */
public final class Position implements Comparable<Position> {

	/** Of the run itself: the parent of its first operations. */
	public static final Position ROOT = new Position(new int[0]);

	private final int[] path;

	private Position(int[] path) {
		this.path = path;
	}

	/**
	 * The position of a path.
	 * @param path numbers from 1, outermost first
	 */
	public static Position of(int... path) {
		for (int number : path) {
			if (number < 1) {
				throw new IllegalArgumentException("A position has numbers from 1, but was " + Arrays.toString(path));
			}
		}
		return (path.length == 0) ? ROOT : new Position(path.clone());
	}

	/**
	 * The position of the n-th operation inside this one.
	 * @param number from 1
	 */
	public Position child(int number) {
		int[] child = Arrays.copyOf(this.path, this.path.length + 1);
		child[this.path.length] = number;
		return new Position(child);
	}

	/**
	 * Whether this is the other position, or below it.
	 */
	public boolean isWithin(Position other) {
		return this.path.length >= other.path.length
				&& Arrays.equals(this.path, 0, other.path.length, other.path, 0, other.path.length);
	}

	/**
	 * The position that this one is directly below; that of a run's first operations is
	 * {@link #ROOT}.
	 */
	public Position parent() {
		return (this.path.length <= 1) ? ROOT : new Position(Arrays.copyOf(this.path, this.path.length - 1));
	}

	/**
	 * Where this is among all journals of a run that has continued as new, as messages
	 * name it.
	 * @param generation how often the run has continued as new
	 */
	public String inGeneration(int generation) {
		return (generation == 0) ? toString() : generation + ":" + this;
	}

	/**
	 * How many numbers the path has; 0 for {@link #ROOT}.
	 */
	public int depth() {
		return this.path.length;
	}

	/**
	 * The path's number at the given depth.
	 * @param depth from 0
	 */
	public int number(int depth) {
		return this.path[depth];
	}

	@Override
	public int compareTo(Position other) {
		return Arrays.compare(this.path, other.path);
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof Position that && Arrays.equals(this.path, that.path);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(this.path);
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder();
		for (int number : this.path) {
			text.append(text.isEmpty() ? "" : ".").append(number);
		}
		return text.toString();
	}

}
