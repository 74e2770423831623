/**
 * The offline command of a packaged application that checks and repairs its store.
 */
@NullMarked
package io.kraft.spring.boot.autoconfigure.doctor;

import org.jspecify.annotations.NullMarked;
