package io.kraft.attack;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.kraft.attack.RawHttp.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What somebody can do who reaches the port of an application without Spring Security, or
 * its data directory, while customers place orders. Whatever happens, those are
 * processed, and afterwards the engine is healthy and its memory free.
 */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@SuppressWarnings("try") // A test that is interrupted ends.
class AttackTests {

	private static final String API = "/kraft/api";

	private static final int HEAP_GROWTH = 16 << 20;

	private static final int LAST = Integer.MAX_VALUE - 2;

	@TempDir
	private static Path directory;

	private AttackedProcess process;

	private RawHttp http;

	private Customers customers;

	private long heapBefore;

	@BeforeAll
	void start() throws Exception {
		this.process = AttackedProcess.start(directory);
		this.http = this.process.http();
		assertThat(this.http.post("/lotteries", "\"victim\"").status()).isEqualTo(202);
		awaitStatus("victim", "SUSPENDED");
		this.customers = new Customers(this.http);
		this.customers.awaitOrder();
		this.heapBefore = heap();
	}

	@AfterAll
	void stop() throws Exception {
		this.customers.close();
		this.process.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/kraft/api/runs", "/kraft/api/runs/victim/events", "/actuator/workflowruns" })
	void aNameOfTheAttackerThatPointsToThisMachineIsRefused(String path) {
		assertThat(this.http.get(path, "Host: evil.example")).satisfies(AttackTests::isRefused);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/kraft/api/runs/victim/terminate", "/actuator/workflowruns/victim/terminate" })
	void aPageOfAnotherSiteTerminatesNothing(String path) {
		assertThat(this.http.post(path, "", "Origin: https://evil.example")).satisfies(AttackTests::isRefused);
		assertThat(this.http.post(path, "", "Origin: null")).satisfies(AttackTests::isRefused);
		assertThat(this.http.post(path, "", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors"))
			.satisfies(AttackTests::isRefused);
		assertThat(status("victim")).isEqualTo("SUSPENDED");
	}

	@Test
	void aPageOfAnotherSiteReadsNothing() {
		assertThat(this.http.get(API + "/runs/victim/events", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors",
				"Sec-Fetch-Dest: image"))
			.satisfies(AttackTests::isRefused);
	}

	@Test
	void aTokenCannotBeForgedFromWhatTheRunPublishes() throws GeneralSecurityException {
		long drawn = Long.parseLong(this.http.get("/drawn/victim").body().strip());
		byte[] number = ByteBuffer.allocate(Long.BYTES).putLong(drawn).array();
		String run = Base64.getUrlEncoder().withoutPadding().encodeToString("victim".getBytes(StandardCharsets.UTF_8));
		for (String algorithm : List.of("MD5", "SHA-256")) {
			for (int place = 0; place < 4; place++) {
				byte[] hash = MessageDigest.getInstance(algorithm).digest(number);
				String signature = Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
				String token = run + "~" + place + "~" + (signature + "A".repeat(43)).substring(0, 43);

				Answer answer = this.http.post(API + "/callbacks/" + token, "\"mine\"");

				assertThat(answer.status()).isEqualTo(404);
				assertThat(answer.body()).contains("KRAFT-3001");
			}
		}
		assertThat(status("victim")).isEqualTo("SUSPENDED");
	}

	@Test
	void aRouteShowsNothingOfAnotherWorkflow() {
		this.customers.awaitOrder();

		Answer foreign = this.http.get("/lotteries/order-0");
		Answer unknown = this.http.get("/lotteries/order-x");

		assertThat(foreign.status()).isEqualTo(404);
		assertThat(foreign.body()).isEqualTo(unknown.body().replace("order-x", "order-0"));
		assertThat(this.http.get("/orders/victim").status()).isEqualTo(404);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\\u0000b", "a\\nERROR forged", "a\\u202eb", "a\\u2028b", "a\\ud800b" })
	void anIdWithHiddenCharactersIsRefused(String id) {
		String start = "{\"id\":\"" + id + "\",\"arguments\":[\"x\"]}";

		assertThat(this.http.post(API + "/workflows/lottery", start).status()).isEqualTo(400);
		assertThat(this.http.post("/lotteries", '"' + id + '"').status()).isEqualTo(400);
		assertThat(this.http.post("/orders", "{\"id\":\"" + id + "\",\"item\":\"lamp\",\"quantity\":1}").status())
			.isEqualTo(400);
		assertThat(this.process.log()).doesNotContain("\nERROR forged").doesNotContain("\u202e");
	}

	@Test
	void whatIsTooLargeIsRefused() {
		String manyTags = IntStream.range(0, 20_000)
			.mapToObj((i) -> "\"t" + i + "\":\"v\"")
			.collect(Collectors.joining(","));
		String large = "x".repeat(3_000_000);

		assertThat(this.http.post(API + "/runs/victim/signals/note", '"' + large + '"').status()).isEqualTo(413);
		assertThat(start("many", "{" + manyTags + "}").status()).isIn(400, 422);
		assertThat(start("large", "{\"t\":\"" + large + "\"}").status()).isIn(400, 413, 422);
		assertThat(this.http.get(API + "/runs?limit=100000000").status()).isIn(200, 400);
	}

	@Test
	void anInboxIsFullBeforeTheMemoryIs() {
		String signal = '"' + "x".repeat(1_900_000) + '"';
		Answer last = new Answer(202, "");
		for (int i = 0; i < 60 && last.status() == 202; i++) {
			last = this.http.post(API + "/runs/victim/signals/note", signal);
		}

		assertThat(last.body()).contains("KRAFT-3012");
		this.customers.awaitOrder();
	}

	@Test
	void slowBodiesHoldUpNoOtherRequest() throws IOException {
		attackWith(150,
				(i) -> (i % 2 == 0)
						? "POST " + API + "/runs/victim/signals/note HTTP/1.1\r\nHost: localhost\r\n"
								+ "Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n\"slow"
						: "GET /actuator/workflowruns HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\nx");
	}

	@Test
	void readersThatDoNotReadHoldUpNoOtherRequest() throws IOException {
		this.http.post(API + "/workflows/library", "{\"id\":\"library\",\"arguments\":[\"library\"]}");
		awaitStatus("library", "SUSPENDED");

		attackWith(40, (i) -> "GET " + API + "/runs/library/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
	}

	/**
	 * While all these connections are open, others get answers, and orders are processed.
	 */
	private void attackWith(int connections, IntFunction<String> request) throws IOException {
		List<Socket> open = new ArrayList<>();
		try {
			for (int i = 0; i < connections; i++) {
				open.add(this.http.open(request.apply(i)));
			}

			assertThat(this.http.get("/actuator/health/liveness").status()).isEqualTo(200);
			assertThat(status("victim")).isEqualTo("SUSPENDED");
			this.customers.awaitOrder();
		}
		finally {
			for (Socket socket : open) {
				socket.close();
			}
		}
	}

	@Test
	@Order(LAST)
	void afterwardsTheEngineIsHealthyAndItsMemoryFree() throws Exception {
		assertThat(this.http.get("/actuator/health").body()).contains("\"status\":\"UP\"").doesNotContain("DOWN");
		await().atMost(Duration.ofSeconds(30)).until(() -> heap() < this.heapBefore + HEAP_GROWTH);
		assertThat(this.customers.refusals()).isEmpty();
		assertThat(this.process.log()).doesNotContain("OutOfMemoryError", "LEAK:");
	}

	@Test
	@Order(LAST + 1)
	void aNativeLibraryThatWasReplacedIsNotLoaded() throws Exception {
		this.customers.close();
		this.process.close();
		Path library = library();
		byte[] sound = Files.readAllBytes(library);
		Files.write(library, "not a library".getBytes(StandardCharsets.UTF_8));

		this.process = AttackedProcess.start(directory);
		this.http = this.process.http();

		assertThat(library).hasBinaryContent(sound);
		assertThat(status("victim")).isEqualTo("SUSPENDED");
		this.process.close();
	}

	@Test
	@Order(LAST + 2)
	void aDirectoryThatOthersMayWriteIsNotUsed() throws Exception {
		Path data = directory.resolve("data");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data))).isEqualTo("rwx------");
		Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwxrwx"));

		try (AttackedProcess refused = AttackedProcess.start(directory)) {
			assertThat(refused.awaitExit()).contains("KRAFT-4014").contains("may be written by every user");
		}
	}

	private Path library() throws IOException {
		try (Stream<Path> files = Files.walk(directory.resolve("data/native"))) {
			return files.filter(Files::isRegularFile).findFirst().orElseThrow();
		}
	}

	private static void isRefused(Answer answer) {
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.body()).contains("KRAFT-6003").doesNotContain("victim\"");
	}

	private Answer start(String id, String tags) {
		return this.http.post(API + "/workflows/lottery",
				"{\"id\":\"" + id + "\",\"tags\":" + tags + ",\"arguments\":[\"" + id + "\"]}");
	}

	private String status(String id) {
		return JsonMapper.shared()
			.readTree(this.http.get("/actuator/workflowruns/" + id).body())
			.path("status")
			.asString("");
	}

	private void awaitStatus(String id, String status) {
		await().atMost(Duration.ofSeconds(30)).until(() -> status(id).equals(status));
	}

	private long heap() throws Exception {
		this.process.collectGarbage();
		String body = this.http.get("/actuator/metrics/jvm.memory.used?tag=area:heap").body();
		return JsonMapper.shared().readTree(body).path("measurements").path(0).path("value").asLong();
	}

}
