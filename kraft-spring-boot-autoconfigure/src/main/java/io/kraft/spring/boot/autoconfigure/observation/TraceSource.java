package io.kraft.spring.boot.autoconfigure.observation;

import java.util.Map;

/**
 * Knows the trace that the calling thread is part of.
 */
@FunctionalInterface
interface TraceSource {

	/**
	 * The trace as the fields of a header that propagates it; empty if there is none.
	 */
	Map<String, String> current();

}
