/**
 * Which partition a run belongs to.
 */
@NullMarked
package io.kraft.engine.routing;

import org.jspecify.annotations.NullMarked;
