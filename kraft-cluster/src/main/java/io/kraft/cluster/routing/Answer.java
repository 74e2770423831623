package io.kraft.cluster.routing;

import io.kraft.cluster.transport.Address;
import org.jspecify.annotations.Nullable;

/**
 * What a node answers for a partition.
 *
 * @param <R> of the method
 */
sealed interface Answer<R> {

	/** The partition has answered. */
	record Value<R>(R value) implements Answer<R> {
	}

	/** The partition has refused it: nothing has changed. */
	record Failed<R>(RuntimeException failure) implements Answer<R> {
	}

	/**
	 * The partition is not hosted there: nothing was handed to it.
	 *
	 * @param hint where it is, as far as that node knows; null if it does not
	 */
	record NotLeader<R>(@Nullable Address hint) implements Answer<R> {
	}

	/**
	 * The partition will soon be there, or its lease is not certain: nothing was done.
	 */
	record NotReady<R>(String why) implements Answer<R> {
	}

	/** The partition was lost while it was asked: it may have happened. */
	record Unknown<R>(String why) implements Answer<R> {
	}

}
