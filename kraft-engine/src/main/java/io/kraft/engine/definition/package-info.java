/**
 * What the engine knows of workflows and steps: names, types, policies, and how they are
 * called.
 */
@NullMarked
package io.kraft.engine.definition;

import org.jspecify.annotations.NullMarked;
