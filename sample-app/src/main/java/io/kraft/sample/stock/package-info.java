/**
 * The warehouse's stock.
 */
@NullMarked
package io.kraft.sample.stock;

import org.jspecify.annotations.NullMarked;
