package io.kraft.sample.demo;

/**
 * Drives its workflows and prints what they do. The name of the bean is the name of the
 * demo.
 */
interface Demo {

	/**
	 * Runs the demo to its end.
	 */
	void run() throws Exception;

}
