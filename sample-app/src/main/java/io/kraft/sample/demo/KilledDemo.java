package io.kraft.sample.demo;

/**
 * A demo that starts the application once more, as a {@link DemoProcess}, and lets that
 * one die.
 */
interface KilledDemo extends Demo {

	/**
	 * What that process does, each time that it is started.
	 */
	void runUntilKilled() throws Exception;

}
