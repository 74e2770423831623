package io.kraft.test.shop;

import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/**
 * An application under test.
 */
@SpringBootApplication
public class ShopApplication {

	/** How many contexts were made in this process. */
	public static final AtomicInteger CONTEXTS = new AtomicInteger();

	@Bean
	FakeBank bank() {
		CONTEXTS.incrementAndGet();
		return new FakeBank();
	}

}
