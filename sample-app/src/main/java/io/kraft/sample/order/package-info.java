/**
 * Orders: the web interface, the workflow behind it, and the stock that they draw on.
 */
@NullMarked
package io.kraft.sample.order;

import org.jspecify.annotations.NullMarked;
