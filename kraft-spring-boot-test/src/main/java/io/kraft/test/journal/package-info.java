/**
 * Journals and runs as text, for the messages of what fails.
 */
@NullMarked
package io.kraft.test.journal;

import org.jspecify.annotations.NullMarked;
