package io.kraft.client;

import java.util.List;
import java.util.Optional;

/**
 * One page of a listing.
 *
 * @param items the page's items; may be fewer than the limit, even empty, although more
 * pages follow
 * @param nextCursor where the next page begins; empty on the last one
 * @since 0.1.0
 */
public record Page<T>(List<T> items, Optional<String> nextCursor) {

	public Page {
		items = List.copyOf(items);
	}

}
