/**
 * What is sent to runs: signals, completions, requests.
 */
@NullMarked
package io.kraft.engine.message;

import org.jspecify.annotations.NullMarked;
