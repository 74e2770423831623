package io.kraft.spring.boot.web;

import java.util.List;
import java.util.function.Supplier;

import io.kraft.client.JournalEntryView;
import io.kraft.client.JournalQuery;
import io.kraft.client.Page;
import io.kraft.client.RunFailure;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowDetail;
import io.kraft.client.WorkflowQuery;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Lists runs and shows them. Each answer is bounded, whatever the number of runs and the
 * size of their journals.
 */
final class RunController extends ApiController {

	/** Entries of a page of a journal. */
	private static final int MAX_ENTRIES = 1000;

	/** Open operations beyond which no more are shown. */
	private static final int MAX_OPEN = 1000;

	/** Characters of errors beyond which no more open operations are shown. */
	private static final long MAX_OPEN_ERRORS = 1_000_000;

	/** Characters of payloads after which a page of a journal ends early. */
	private static final long ENOUGH = 4_000_000;

	private final WorkflowClient client;

	private final ShownPayloads payloads;

	RunController(WorkflowClient client, ShownPayloads payloads) {
		this.client = client;
		this.payloads = payloads;
	}

	@GetMapping("/runs")
	ResponseEntity<byte[]> list(@RequestParam MultiValueMap<String, String> parameters) {
		return runs(this.client, Parameters.query(parameters));
	}

	static ResponseEntity<byte[]> runs(WorkflowClient client, WorkflowQuery query) {
		Page<WorkflowDescription> page = refusingMalformed(() -> client.list(query));
		return Answers.json(200, new Runs(page.items(), page.nextCursor().orElse(null)));
	}

	@GetMapping("/runs/{id}")
	ResponseEntity<byte[]> inspect(@PathVariable String id) {
		WorkflowDetail detail = this.client.inspect(id);
		WorkflowDetail bounded = new WorkflowDetail(detail.workflow(), detail.since(), bounded(detail.open()),
				detail.lastError(), detail.failedIn(), detail.entries(), detail.input(), detail.output());
		return Answers.json(200, this.payloads.in(bounded));
	}

	private static List<WorkflowDetail.OpenOperation> bounded(List<WorkflowDetail.OpenOperation> open) {
		int count = 0;
		long characters = 0;
		while (count < Math.min(open.size(), MAX_OPEN) && characters < MAX_OPEN_ERRORS) {
			String error = open.get(count++).lastError();
			characters += (error != null) ? error.length() : 0;
		}
		return open.subList(0, count);
	}

	@GetMapping("/runs/{id}/failure")
	ResponseEntity<byte[]> failure(@PathVariable String id) {
		RunFailure failure = this.client.failure(id)
			.orElseThrow(() -> RequestRefusedException.noRoute("run '" + id + "' has no failure: it has not ended with "
					+ "one, and nothing that it does now has failed before"));
		return Answers.json(200, this.payloads.in(failure));
	}

	@GetMapping("/runs/{id}/journal")
	ResponseEntity<byte[]> journal(@PathVariable String id, @RequestParam MultiValueMap<String, String> parameters) {
		int from = Parameters.number(parameters, "from", 0, Integer.MAX_VALUE - MAX_ENTRIES, 0);
		int limit = Parameters.number(parameters, "limit", 1, MAX_ENTRIES, 100);
		return Answers.json(200, page(id, from, limit));
	}

	private Journal page(String id, int from, int limit) {
		Page<JournalEntryView> page = this.client.journal(id,
				JournalQuery.all().from(from).limit(limit).maxSize(ENOUGH));
		return new Journal(page.items().stream().map(this.payloads::in).toList(),
				page.nextCursor().map(Integer::valueOf).orElse(null));
	}

	/** The client refuses an invalid cursor with this exception. */
	private static <T> T refusingMalformed(Supplier<T> call) {
		try {
			return call.get();
		}
		catch (IllegalArgumentException ex) {
			throw RequestRefusedException.malformed(String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * A page of runs, newest first.
	 *
	 * @param nextCursor of the next page; null on the last one
	 */
	record Runs(List<WorkflowDescription> runs, @Nullable String nextCursor) {
	}

	/**
	 * A page of a journal.
	 *
	 * @param nextFrom where the next page begins; null if there was no more
	 */
	record Journal(List<JournalEntryView> entries, @Nullable Integer nextFrom) {
	}

}
