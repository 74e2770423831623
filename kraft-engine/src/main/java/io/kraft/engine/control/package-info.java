/**
 * What operators and the retention sweep do to runs, their inboxes and queues.
 */
@NullMarked
package io.kraft.engine.control;

import org.jspecify.annotations.NullMarked;
