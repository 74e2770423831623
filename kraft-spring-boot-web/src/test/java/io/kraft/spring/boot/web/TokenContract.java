package io.kraft.spring.boot.web;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The token of a callback is in the path of the request that completes it, and nowhere
 * else afterwards.
 */
abstract class TokenContract {

	private static final String API = WebApiContract.API;

	abstract Stack stack();

	@Test
	void aTokenIsInNoAnswerAndNoTrace() {
		try (TestServer server = TestServer.open(stack(), Traced.class, "kraft.web.enabled=true",
				"kraft.web.unsecured-writes=true")) {
			String id = server.post(API + "/workflows/customs", "{\"arguments\":[]}").isStatus(202).text("/id");
			await().until(() -> Parcels.TOKENS.containsKey(id));
			String token = Parcels.TOKENS.get(id);
			String signature = token.substring(token.lastIndexOf('~') + 1);

			for (String path : new String[] { "/callbacks/" + token, "/callbacks/" + TestServer.encoded(token),
					"/callbacks/" + token + "/failure", "/callbacks/" + token + "/nothing" }) {
				Reply refusal = server.post(API + path, "{")
					.isProblem(path.endsWith("nothing") ? 404 : 400,
							path.endsWith("nothing") ? "KRAFT-6004" : "KRAFT-6001");
				assertThat(refusal.body()).contains("/callbacks/").doesNotContain(signature);
			}
			server.post(API + "/callbacks/" + token, "1").isStatus(204);

			await().untilAsserted(() -> assertThat(server.bean(Urls.class).seen)
				.filteredOn((url) -> url.contains("/callbacks/") && url.contains("~****"))
				.hasSize(5));
			assertThat(String.join(" ", server.bean(Urls.class).seen)).doesNotContain(signature);
		}
	}

	/** What a tracer would make a span of. */
	static final class Urls implements ObservationHandler<Observation.Context> {

		private final Queue<String> seen = new ConcurrentLinkedQueue<>();

		@Override
		public void onStop(Observation.Context context) {
			for (KeyValue value : context.getAllKeyValues()) {
				this.seen.add(value.getValue());
			}
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(ParcelApplication.class)
	static class Traced {

		@Bean
		Urls urls() {
			return new Urls();
		}

	}

}
