package io.kraft.sample.order;

/**
 * A person's approval of a large order.
 *
 * @param by who approves it
 */
record Approval(String by) {
}
