/**
 * The facts about runs that survive a crash: entries, positions, payloads and failures,
 * and how they are written down.
 */
@NullMarked
package io.kraft.engine.journal;

import org.jspecify.annotations.NullMarked;
