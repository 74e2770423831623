package io.kraft.engine.store.check;

/**
 * The result of the repair of a store. Immutable.
 *
 * @param before what was found
 * @param keysWritten how many keys were added or replaced
 * @param keysRemoved how many keys were removed
 * @param after what is found now
 */
public record RepairReport(CheckReport before, long keysWritten, long keysRemoved, CheckReport after) {
}
