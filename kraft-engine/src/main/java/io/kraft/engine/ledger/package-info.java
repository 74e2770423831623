/**
 * One truth per run: the latest state that was handed to the committer, in which every
 * decision about a run is taken, one at a time.
 */
@NullMarked
package io.kraft.engine.ledger;

import org.jspecify.annotations.NullMarked;
