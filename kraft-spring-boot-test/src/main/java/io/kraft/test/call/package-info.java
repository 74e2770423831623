/**
 * What stands between the test and the engine: calls of steps, workflows and the client.
 */
@NullMarked
package io.kraft.test.call;

import org.jspecify.annotations.NullMarked;
