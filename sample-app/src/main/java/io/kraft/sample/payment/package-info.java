/**
 * Payments, by a service that fails now and then.
 */
@NullMarked
package io.kraft.sample.payment;

import org.jspecify.annotations.NullMarked;
