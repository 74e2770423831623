/**
 * What users write: annotations for workflows and steps, the contexts in which they run,
 * and the exceptions they meet.
 */
@NullMarked
package io.kraft.workflow;

import org.jspecify.annotations.NullMarked;
