package io.kraft.sample.order;

import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /orders}.
 *
 * @param id a client that chooses it may send the order twice and gets it once
 */
record OrderRequest(@Nullable String id, @Nullable String customer, @Nullable String item, int quantity) {

	Order toOrder() {
		return new Order((this.id != null) ? this.id : UUID.randomUUID().toString(),
				Objects.requireNonNullElse(this.customer, "a customer"), Objects.requireNonNullElse(this.item, ""),
				this.quantity);
	}

}
