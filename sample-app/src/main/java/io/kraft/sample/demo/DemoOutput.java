package io.kraft.sample.demo;

import io.kraft.workflow.Step;

import org.springframework.stereotype.Component;

/**
 * Prints what the demos do. To print is an effect like any other, so it is a step: a
 * replay does not print again.
 */
@Component
class DemoOutput {

	/**
	 * Prints a line; outside a run and inside another step, this is a plain method.
	 */
	@Step
	void print(String line) {
		System.out.println(line);
		System.out.flush(); // A process that is killed cannot do it later.
	}

}
