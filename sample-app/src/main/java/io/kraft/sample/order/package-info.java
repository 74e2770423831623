/**
 * Orders: the web interface and the workflow behind it.
 */
@NullMarked
package io.kraft.sample.order;

import org.jspecify.annotations.NullMarked;
