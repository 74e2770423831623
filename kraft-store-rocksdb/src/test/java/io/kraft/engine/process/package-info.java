/**
 * Processes of their own, for tests that kill, starve or suspend them.
 */
@NullMarked
package io.kraft.engine.process;

import org.jspecify.annotations.NullMarked;
