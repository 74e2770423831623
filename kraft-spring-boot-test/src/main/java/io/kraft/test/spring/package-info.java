/**
 * How the test environment comes into a Spring test.
 */
@NullMarked
package io.kraft.test.spring;

import org.jspecify.annotations.NullMarked;
