/**
 * Tests of the commit pipeline's parts.
 */
@NullMarked
package io.kraft.engine.partition;

import org.jspecify.annotations.NullMarked;
