package io.kraft.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.kraft.engine.EngineHealth;
import io.kraft.engine.KraftEngine;
import io.kraft.engine.store.Store;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.boot.web.server.reactive.context.AnnotationConfigReactiveWebServerApplicationContext;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;

import static org.assertj.core.api.Assertions.assertThat;

class KraftEngineLifecycleTests {

	private final List<String> events = new ArrayList<>();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KraftAutoConfiguration.class));

	@Test
	void theEngineStartsBeforeThePortOpens() {
		new ReactiveWebApplicationContextRunner(AnnotationConfigReactiveWebServerApplicationContext::new)
			.withConfiguration(
					AutoConfigurations.of(KraftAutoConfiguration.class, NettyReactiveWebServerAutoConfiguration.class,
							HttpHandlerAutoConfiguration.class, WebFluxAutoConfiguration.class))
			.withPropertyValues("server.port=0")
			.withBean(EmptyStores.class, () -> new EmptyStores(this.events))
			.withInitializer((context) -> context
				.addApplicationListener((WebServerInitializedEvent event) -> this.events.add("port opened")))
			.run((context) -> assertThat(this.events).containsExactly("store opened", "port opened"));
	}

	@Test
	void theStoreIsOpenWhileTheContextRuns() {
		withEmptyStore().withBean("port", SmartLifecycle.class, () -> new Port(this.events, false)).run((context) -> {
			assertThat(this.events).containsExactly("store opened", "port opened");
			context.close();
			assertThat(this.events).containsExactly("store opened", "port opened", "port closed", "store closed");
		});
	}

	@Test
	void aStartThatFailsLaterClosesTheStore() {
		withEmptyStore().withBean("port", SmartLifecycle.class, () -> new Port(this.events, true)).run((context) -> {
			assertThat(context).hasFailed();
			assertThat(this.events).containsExactly("store opened", "store closed");
		});
	}

	@Test
	void aStartThatFailsEarlierNeverOpensTheStore() {
		withEmptyStore().withBean("broken", Object.class, () -> {
			throw new IllegalStateException("on purpose");
		}).run((context) -> {
			assertThat(context).hasFailed();
			assertThat(this.events).isEmpty();
		});
	}

	@Test
	void aContextThatIsPausedStopsTheEngineAndStartsItAgain() {
		withEmptyStore().run((context) -> {
			ConfigurableApplicationContext source = context.getSourceApplicationContext();
			source.pause();
			assertThat(context.getBean(KraftEngine.class).health().state()).isEqualTo(EngineHealth.State.STOPPED);
			source.restart();
			assertThat(context.getBean(KraftEngine.class).health().state()).isEqualTo(EngineHealth.State.RUNNING);
			assertThat(this.events).containsExactly("store opened", "store closed", "store opened");
		});
	}

	@Test
	void aDirectoryIsFreeForTheNextContextWhenOneWasClosed(@TempDir Path directory) {
		for (int start = 0; start < 2; start++) {
			inDirectory(directory).run((context) -> assertThat(context).hasNotFailed());
		}
	}

	@Test
	void aDirectoryIsFreeForTheNextContextWhenTheStartOfOneFailed(@TempDir Path directory) {
		inDirectory(directory).withBean("port", SmartLifecycle.class, () -> new Port(this.events, true))
			.run((context) -> assertThat(context).hasFailed());

		inDirectory(directory).run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void aDirectoryInUseFailsTheStart(@TempDir Path directory) {
		inDirectory(directory).run((context) -> {
			String property = "kraft.storage.path=" + directory.resolve("kraft");
			assertThat(FailedStart.of(property).getDescription()).contains("KRAFT-4002").contains(directory.toString());
		});
	}

	private ApplicationContextRunner withEmptyStore() {
		return this.runner.withBean(EmptyStores.class, () -> new EmptyStores(this.events));
	}

	private ApplicationContextRunner inDirectory(Path directory) {
		return this.runner.withPropertyValues("kraft.storage.path=" + directory.resolve("kraft"));
	}

	record EmptyStores(List<String> events) implements Supplier<Store> {

		@Override
		public Store get() {
			return new EmptyStore(this.events);
		}

	}

	/** Starts and stops as the web server does. */
	static final class Port implements SmartLifecycle {

		private final List<String> events;

		private final boolean taken;

		private boolean open;

		Port(List<String> events, boolean taken) {
			this.events = events;
			this.taken = taken;
		}

		@Override
		public void start() {
			if (this.taken) {
				throw new IllegalStateException("the port is taken");
			}
			this.open = true;
			this.events.add("port opened");
		}

		@Override
		public void stop() {
			this.open = false;
			this.events.add("port closed");
		}

		@Override
		public boolean isRunning() {
			return this.open;
		}

		@Override
		public int getPhase() {
			return DEFAULT_PHASE - 2048;
		}

	}

}
