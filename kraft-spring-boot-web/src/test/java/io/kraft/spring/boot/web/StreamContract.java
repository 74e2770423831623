package io.kraft.spring.boot.web;

import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the streams of the web API tell.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class StreamContract {

	private static final String API = WebApiContract.API;

	private TestServer server;

	abstract Stack stack();

	@BeforeAll
	void start() {
		this.server = TestServer.open(stack(), ParcelApplication.class, "kraft.web.enabled=true",
				"kraft.web.unsecured-writes=true", "kraft.web.keep-alive=100ms",
				"kraft.web.allowed-origins=https://ops.example.com");
	}

	@AfterAll
	void stop() {
		this.server.close();
	}

	@Test
	void aStreamTellsTheJournalAndTheStatusAndEndsWithTheRun() {
		String id = started("deliver", "\"Ada\"");

		try (Events events = events(id, null)) {
			events.until("status");
			post("/runs/" + id + "/signals/signed", "1");
			List<Event> rest = events.toEnd();

			assertThat(rest).last().extracting(Event::name).isEqualTo("end");
			assertThat(events.all()).filteredOn((event) -> event.name().equals("entry"))
				.extracting((event) -> event.data().path("fact").asString())
				.startsWith("run-started")
				.endsWith("run-ended");
			assertThat(rest).filteredOn((event) -> event.name().equals("status"))
				.last()
				.extracting((event) -> event.data().path("status").asString())
				.isEqualTo("COMPLETED");
		}
	}

	@Test
	void aReaderThatWasCutOffGoesOnAfterTheLastEventWithoutLossOrRepetition() {
		String id = started("tour", "1");
		String seen;
		try (Events events = events(id, null)) {
			seen = events.until("entry").id();
		}
		post("/runs/" + id + "/signals/go", "1");
		get("/runs/" + id + "/result?wait=10s").isStatus(200);

		String whole = entries(events(id, null));
		String rest = entries(events(id, "0-0"));

		assertThat(seen).matches("\\d+-0");
		// Continued as new meanwhile: another journal, of which everything is new.
		assertThat(entries(events(id, seen))).isEqualTo(whole);
		assertThat(rest).isEqualTo(whole);
	}

	@Test
	void aReaderThatHasSeenTheEndIsToldThatThereIsNothingMore() {
		String id = started("deliver", "\"Ada\"");
		post("/runs/" + id + "/signals/signed", "1");
		get("/runs/" + id + "/result?wait=10s").isStatus(200);

		List<Event> all = events(id, null).toEnd();
		List<String> ids = all.stream().map(Event::id).filter((one) -> !one.isEmpty()).toList();
		List<Event> afterFirst = events(id, ids.getFirst()).toEnd();

		assertThat(afterFirst.stream().map(Event::id).filter((one) -> !one.isEmpty()).toList())
			.isEqualTo(ids.subList(1, ids.size()));
		this.server.send(this.server.request(API + "/runs/" + id + "/events").header("Last-Event-ID", ids.getLast()))
			.isStatus(204);
		this.server.send(this.server.request(API + "/runs/" + id + "/events").header("Last-Event-ID", "x"))
			.isProblem(400, "KRAFT-6001");
	}

	@Test
	void aStreamThatHasNothingToTellShowsThatItIsAlive() {
		String id = started("deliver", "\"Ada\"");

		try (Events events = events(id, null)) {
			assertThat(events.comments(3)).isEqualTo(3);
		}
	}

	@Test
	void aStreamEndsWhenItsRunIsRemoved() {
		String id = started("lose", "");
		get("/runs/" + id + "/result?wait=10s").isStatus(409);
		String waiting = started("deliver", "\"Ada\"");

		try (Events events = events(waiting, null)) {
			events.until("status");
			post("/runs/" + waiting + "/terminate", "");
			assertThat(events.toEnd()).last().extracting(Event::name).isIn("end", "gone");
		}
	}

	@Test
	void aWebSocketTellsTheEventsThatItsFiltersLetThrough() throws Exception {
		Messages messages = new Messages();
		WebSocket socket = open("/events?name=tour&status=completed", null, messages);

		started("deliver", "\"Ada\"");
		String id = started("tour", "0");
		JsonNode told = messages.next();

		assertThat(told.path("type").asString()).isEqualTo("completed");
		assertThat(told.at("/run/id").asString()).isEqualTo(id);
		assertThat(told.path("at").asString()).isNotBlank();
		socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
		assertThat(messages.closed.get(30, TimeUnit.SECONDS)).isEqualTo(WebSocket.NORMAL_CLOSURE);
	}

	@Test
	void aWebSocketOfOneRunTellsItsWholeLife() throws Exception {
		String id = "followed-" + UUID.randomUUID();
		Messages messages = new Messages();
		WebSocket socket = open("/events?id=" + id, null, messages);

		post("/workflows/deliver", "{\"id\":\"" + id + "\",\"arguments\":[\"Ada\"]}").isStatus(202);
		post("/runs/" + id + "/signals/signed", "1").isStatus(202);

		List<String> types = new ArrayList<>();
		while (!types.contains("completed")) {
			types.add(messages.next().path("type").asString());
		}
		assertThat(types).startsWith("started");
		socket.abort();
	}

	@Test
	void aReaderThatIsTooSlowIsToldHowManyEventsItMissed() throws Exception {
		RunEventFeed feed = new RunEventFeed(this.server.bean(WorkflowClient.class), this.server.api(),
				TestServer.CALLER,
				new RunEventFilter(Optional.of("tour"), List.of(WorkflowStatus.COMPLETED), Optional.empty()),
				Duration.ofSeconds(20));
		try (feed) {
			String last = "";
			for (int i = 0; i < RunEventFeed.MAX_WAITING + 7; i++) {
				last = started("tour", "0");
			}
			get("/runs/" + last + "/result?wait=10s").isStatus(200);

			List<Frame> told = new ArrayList<>();
			while (told.isEmpty() || !told.getLast().event().equals("missed")) {
				told.addAll(feed.next().toCompletableFuture().get(30, TimeUnit.SECONDS));
			}

			assertThat(told).hasSize(RunEventFeed.MAX_WAITING + 1);
			assertThat(told.getLast().data()).contains("\"type\":\"missed\"");
		}
	}

	@Test
	void aHandshakeOfAnotherSiteIsRefused() {
		for (String origin : List.of("https://evil.example", "null")) {
			assertThatExceptionOfType(CompletionException.class)
				.isThrownBy(() -> open("/events", origin, new Messages()))
				.withCauseInstanceOf(WebSocketHandshakeException.class)
				.satisfies((failure) -> assertThat(
						((WebSocketHandshakeException) failure.getCause()).getResponse().statusCode())
					.isEqualTo(403));
		}
		open("/events", "https://ops.example.com", new Messages()).abort();
		open("/events", "http://localhost:" + this.server.port(), new Messages()).abort();
	}

	@Test
	void aRequestThatAsksForNoWebSocketIsToldToUpgrade() {
		get("/events").isProblem(426, "KRAFT-6008");
		get("/events?status=asleep").isProblem(400, "KRAFT-6001");
	}

	private WebSocket open(String path, String origin, Messages messages) {
		WebSocket.Builder builder = this.server.http().newWebSocketBuilder();
		if (origin != null) {
			builder.header("Origin", origin);
		}
		return builder.buildAsync(URI.create(this.server.uri(API + path).toString().replace("http:", "ws:")), messages)
			.join();
	}

	private static String entries(Events events) {
		return events.toEnd()
			.stream()
			.filter((event) -> event.name().equals("entry"))
			.map((event) -> event.id() + event.data().path("fact").asString())
			.toList()
			.toString();
	}

	private Events events(String id, String lastEventId) {
		var request = this.server.request(API + "/runs/" + id + "/events");
		if (lastEventId != null) {
			request.header("Last-Event-ID", lastEventId);
		}
		HttpResponse<Stream<String>> response = this.server.http()
			.sendAsync(request.build(), BodyHandlers.ofLines())
			.join();
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("content-type").orElse("")).startsWith("text/event-stream");
		return new Events(response.body());
	}

	private Reply get(String path) {
		return this.server.get(API + path);
	}

	private Reply post(String path, String json) {
		return this.server.post(API + path, json);
	}

	private String started(String workflow, String arguments) {
		return post("/workflows/" + workflow, "{\"arguments\":[" + arguments + "]}").isStatus(202).text("/id");
	}

	record Event(String name, String id, JsonNode data) {

	}

	/** Reads server-sent events, line by line. */
	private static final class Events implements AutoCloseable {

		private final Stream<String> stream;

		private final Iterator<String> lines;

		private final List<Event> all = new ArrayList<>();

		Events(Stream<String> stream) {
			this.stream = stream;
			this.lines = stream.iterator();
		}

		Event until(String name) {
			Event event = next();
			while (event != null && !event.name().equals(name)) {
				event = next();
			}
			return event;
		}

		List<Event> toEnd() {
			List<Event> rest = new ArrayList<>();
			for (Event event = next(); event != null; event = next()) {
				rest.add(event);
			}
			return rest;
		}

		List<Event> all() {
			return this.all;
		}

		int comments(int most) {
			int comments = 0;
			while (comments < most && this.lines.hasNext()) {
				comments += this.lines.next().startsWith(":") ? 1 : 0;
			}
			return comments;
		}

		private Event next() {
			Map<String, String> fields = new HashMap<>();
			while (this.lines.hasNext()) {
				String line = this.lines.next();
				int colon = line.indexOf(':');
				if (colon > 0) {
					fields.put(line.substring(0, colon), line.substring(colon + 1));
				}
				else if (line.isEmpty() && !fields.isEmpty()) {
					Event event = new Event(fields.get("event"), fields.getOrDefault("id", ""),
							JsonMapper.shared().readTree(fields.get("data")));
					this.all.add(event);
					return event;
				}
			}
			return null;
		}

		@Override
		public void close() {
			this.stream.close();
		}

	}

	/** Takes the messages of a WebSocket. */
	private static final class Messages implements WebSocket.Listener {

		private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();

		private final StringBuilder text = new StringBuilder();

		final CompletableFuture<Integer> closed = new CompletableFuture<>();

		JsonNode next() throws InterruptedException {
			return JsonMapper.shared().readTree(this.messages.poll(30, TimeUnit.SECONDS));
		}

		@Override
		public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
			this.text.append(data);
			if (last) {
				this.messages.add(this.text.toString());
				this.text.setLength(0);
			}
			socket.request(1);
			return null;
		}

		@Override
		public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
			this.closed.complete(status);
			return null;
		}

	}

}
