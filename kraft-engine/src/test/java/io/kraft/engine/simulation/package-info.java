/**
 * The real engine under a simulated clock and a simulated disk: random workflows, random
 * operators and kills, all from one seed, and invariants after each event.
 * <p>
 * A seed gives the programs, the events and the engine's random numbers. What it does not
 * give is the order of the engine's own threads within an event: between events the
 * engine is quiescent, unless its disk holds a commit or the event does not wait. So a
 * seed that has failed fails again nearly always where its events are ordered, and often
 * where they race.
 */
@NullMarked
package io.kraft.engine.simulation;

import org.jspecify.annotations.NullMarked;
