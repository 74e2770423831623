package io.kraft.sample.order;

/**
 * What the customer gets in the end.
 */
record Receipt(String orderId, String paymentId, String trackingNumber) {
}
