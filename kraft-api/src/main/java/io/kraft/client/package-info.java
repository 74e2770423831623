/**
 * What users call: start runs, wait for them, find and list them, and read their
 * journals.
 */
@NullMarked
package io.kraft.client;

import org.jspecify.annotations.NullMarked;
