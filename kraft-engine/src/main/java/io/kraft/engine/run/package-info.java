/**
 * One run in memory and what it works with: its branches and their replay, the writing
 * end of its journal, its waits, and what it shares with the other runs.
 */
@NullMarked
package io.kraft.engine.run;

import org.jspecify.annotations.NullMarked;
