package io.kraft.spring.boot.autoconfigure.guide;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/**
 * A shop whose database is down once, at its third row.
 */
class FakeShop implements Imports.Shop {

	private final List<String> saved = Collections.synchronizedList(new ArrayList<>());

	private final AtomicBoolean down = new AtomicBoolean(true);

	@Override
	public List<String> rows(String file, int from) {
		return IntStream.range(from, 4).mapToObj((row) -> "row " + row).toList();
	}

	@Override
	public void save(String row) {
		if (row.equals("row 2") && this.down.getAndSet(false)) {
			throw new IllegalStateException("the database is down");
		}
		this.saved.add(row);
	}

	List<String> saved() {
		return this.saved;
	}

}
