/**
 * Every operation that touches a run against every other one, while a commit of the first
 * is held.
 */
@NullMarked
package io.kraft.engine.interleaving;

import org.jspecify.annotations.NullMarked;
