/**
 * What users need to test their durable workflows: a clock to move, crashes on demand,
 * steps to replace, journals to replay, and assertions.
 */
@NullMarked
package io.kraft.test;

import org.jspecify.annotations.NullMarked;
