package io.kraft.sample.payment;

/**
 * A payment that was made.
 */
public record Payment(String id, long amountInCents) {
}
