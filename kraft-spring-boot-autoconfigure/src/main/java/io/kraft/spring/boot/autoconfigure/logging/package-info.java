/**
 * What is logged about runs.
 */
@NullMarked
package io.kraft.spring.boot.autoconfigure.logging;

import org.jspecify.annotations.NullMarked;
