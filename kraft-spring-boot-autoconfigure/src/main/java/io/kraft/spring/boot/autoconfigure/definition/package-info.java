/**
 * From annotated beans to definitions: finds the workflows and steps of the application's
 * beans without creating them, checks them, and reports all problems together.
 */
@NullMarked
package io.kraft.spring.boot.autoconfigure.definition;

import org.jspecify.annotations.NullMarked;
