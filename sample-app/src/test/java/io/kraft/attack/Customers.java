package io.kraft.attack;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import static org.awaitility.Awaitility.await;

/**
 * Customers who place one order after another, and wait for each.
 */
@SuppressWarnings("try") // A test that is interrupted ends.
final class Customers implements AutoCloseable {

	private final RawHttp http;

	private final AtomicInteger processed = new AtomicInteger();

	private final List<String> refusals = new CopyOnWriteArrayList<>();

	private final Thread thread;

	private volatile boolean closed;

	Customers(RawHttp http) {
		this.http = http;
		this.thread = Thread.ofPlatform().name("customers").start(this::placeOrders);
	}

	private void placeOrders() {
		for (int i = 0; !this.closed; i++) {
			String id = "order-" + i;
			RawHttp.Answer placed = this.http.post("/orders",
					"{\"id\":\"" + id + "\",\"customer\":\"ada\",\"item\":\"lamp\",\"quantity\":1}");
			if (placed.status() != 202) {
				this.refusals.add(id + ": " + placed);
				continue;
			}
			await(id).atMost(Duration.ofSeconds(30))
				.pollInterval(Duration.ofMillis(50))
				.until(() -> this.closed || this.http.get("/orders/" + id).body().contains("COMPLETED"));
			this.processed.incrementAndGet();
		}
	}

	/**
	 * Waits until an order that was placed from now on has been processed.
	 */
	void awaitOrder() {
		int before = this.processed.get();
		await("orders are processed").atMost(Duration.ofSeconds(30)).until(() -> this.processed.get() > before + 1);
	}

	/** What was not accepted. */
	List<String> refusals() {
		return List.copyOf(this.refusals);
	}

	@Override
	public void close() throws InterruptedException {
		this.closed = true;
		this.thread.join();
	}

}
