package io.kraft.engine.admission;

/**
 * A run among those of all partitions of a node.
 *
 * @param partition that it belongs to
 * @param number of the run there
 */
record NodeRun(int partition, long number) {

}
