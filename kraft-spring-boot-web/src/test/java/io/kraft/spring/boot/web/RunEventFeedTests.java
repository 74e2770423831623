package io.kraft.spring.boot.web;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import io.kraft.client.Subscription;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowEvent;
import io.kraft.client.WorkflowStatus;
import io.kraft.spring.boot.autoconfigure.KraftProperties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What waits for a reader of events is bounded, by number and by memory; what is beyond
 * it is dropped, and counted.
 */
class RunEventFeedTests {

	private @Nullable Consumer<? super WorkflowEvent> listener;

	private @Nullable WebCalls calls;

	@AfterEach
	void close() {
		this.calls.close();
	}

	@Test
	void eventsBeyondTheBoundAreDroppedAndTheReaderLearnsOfTheirNumber() {
		RunEventFeed feed = feed("1GB");
		publish(RunEventFeed.MAX_WAITING + 7, "");

		List<Frame> frames = read(feed, RunEventFeed.MAX_WAITING + 1);

		assertThat(frames.subList(0, RunEventFeed.MAX_WAITING)).extracting(Frame::event).containsOnly("started");
		assertThat(missed(frames.getLast())).isEqualTo(7);
		assertThat(this.calls.streamMemory().held()).isPositive();

		publish(1, "");
		assertThat(read(feed, 1)).extracting(Frame::event).containsExactly("started");
		feed.close();
		assertThat(this.calls.streamMemory().held()).isZero();
		assertThat(this.calls.streams().held()).isZero();
	}

	@Test
	void onceSomeWereDroppedSoAreFurtherOnesUntilTheReaderLearnsOfThem() {
		RunEventFeed feed = feed("1GB");
		publish(RunEventFeed.MAX_WAITING + 1, "");
		List<Frame> first = feed.next().toCompletableFuture().join();
		publish(5, "");

		List<Frame> rest = read(feed, RunEventFeed.MAX_WAITING + 1 - first.size());

		assertThat(missed(rest.getLast())).isEqualTo(6);
		feed.close();
	}

	@Test
	void eventsForWhichThereIsNoRoomAreDropped() {
		RunEventFeed feed = feed("10KB");
		publish(20, "x".repeat(100));

		List<Frame> frames = read(feed, 1);

		assertThat(frames.size()).isLessThan(10);
		assertThat(missed(frames.getLast())).isEqualTo(20 - (frames.size() - 1));
		assertThat(this.calls.streamMemory().held()).isLessThanOrEqualTo(10 * 1024);
		feed.close();
		assertThat(this.calls.streamMemory().held()).isZero();
	}

	@Test
	void oneReaderThatWaitsLeavesTheOthersTheirEvents() {
		RunEventFeed slow = feed("1GB");
		Consumer<? super WorkflowEvent> ofSlow = this.listener;
		RunEventFeed other = new RunEventFeed(client(), this.calls, TestServer.CALLER, all(), Duration.ofMillis(50));
		for (int i = 0; i < 3 * RunEventFeed.MAX_WAITING; i++) {
			ofSlow.accept(event(""));
			publish(1, "");
			assertThat(read(other, 1)).extracting(Frame::event).containsExactly("started");
		}

		assertThat(missed(read(slow, RunEventFeed.MAX_WAITING + 1).getLast())).isEqualTo(2 * RunEventFeed.MAX_WAITING);
		slow.close();
		other.close();
	}

	private RunEventFeed feed(String memory) {
		KraftProperties properties = new Binder(
				new MapConfigurationPropertySource(Map.of("kraft.web.max-stream-memory", memory)))
			.bindOrCreate("kraft", KraftProperties.class);
		this.calls = new WebCalls("test-", properties.web());
		return new RunEventFeed(client(), this.calls, TestServer.CALLER, all(), Duration.ofMillis(50));
	}

	private static RunEventFilter all() {
		return new RunEventFilter(Optional.empty(), List.of(), Optional.empty());
	}

	private WorkflowClient client() {
		return WaitingRun.subscribed((listener) -> this.listener = listener, (Subscription) () -> {
		});
	}

	private void publish(int count, String reason) {
		for (int i = 0; i < count; i++) {
			this.listener.accept(event(reason));
		}
	}

	private static WorkflowEvent event(String reason) {
		return new WorkflowEvent.Started(new WorkflowDescription("r", "order", 1, WorkflowStatus.RUNNING, reason, null,
				Map.of(), 0, null, Instant.EPOCH, null, null, null, 0, null), Instant.EPOCH);
	}

	/** So many frames at least, without keep-alives, and to the end of their batch. */
	private static List<Frame> read(RunEventFeed feed, int count) {
		List<Frame> frames = new ArrayList<>();
		while (frames.size() < count) {
			feed.next()
				.toCompletableFuture()
				.join()
				.stream()
				.filter((frame) -> !frame.isKeepAlive())
				.forEach(frames::add);
		}
		return frames;
	}

	private static long missed(Frame frame) {
		assertThat(frame.event()).isEqualTo("missed");
		return JsonMapper.shared().readTree(frame.data()).at("/count").asLong();
	}

}
