/**
 * The code that the pages in {@code docs} show, compiled and run.
 */
@NullMarked
package io.kraft.spring.boot.web.guide;

import org.jspecify.annotations.NullMarked;
