package io.kraft.sample.order;

/**
 * A parcel on its way.
 */
record Shipment(String trackingNumber) {
}
