package io.kraft.engine.partition;

/**
 * Whether a partition is certainly still owned here, so that no other node executes its
 * runs. Thread-safe.
 */
@FunctionalInterface
public interface Lease {

	/** Of an owner that keeps the partition until it releases it. */
	Lease FOR_EVER = () -> true;

	/**
	 * Whether it is held at this moment; asked before each effect, must cost little.
	 */
	boolean isHeld();

}
