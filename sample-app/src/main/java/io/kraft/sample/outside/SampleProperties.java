package io.kraft.sample.outside;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code sample.*}: how the world outside behaves.
 *
 * @param packingTime between the reservation of an order and its shipment
 * @param paymentFailureRate share of the calls, 0 to 1, in which the payment service
 * fails; 0 by default
 * @param effectsLog file to which the world outside writes what happened to it
 */
@ConfigurationProperties("sample")
public record SampleProperties(@DefaultValue("10s") Duration packingTime, @DefaultValue("0") double paymentFailureRate,
		@DefaultValue("./data/effects.log") String effectsLog) {
}
