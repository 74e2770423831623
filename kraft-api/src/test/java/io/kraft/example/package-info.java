/**
 * The examples in the Javadoc of the API, which are compiled with its tests.
 */
@NullMarked
package io.kraft.example;

import org.jspecify.annotations.NullMarked;
