package io.kraft.sample.order;

/**
 * What a person says of a large order.
 *
 * @param by who approves it
 */
record Approval(String by) {
}
