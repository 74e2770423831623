package io.kraft.spring.boot.web;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

import io.kraft.client.WorkflowHandle;

import org.springframework.http.ResponseEntity;
import org.springframework.web.util.UriUtils;

/**
 * Where runs are found: answers with {@code Location}.
 */
final class RunLocations {

	/** What every server and firewall lets through as it is. */
	private static final Pattern PLAIN = Pattern.compile("[\\w@:.~-]+");

	/** These mean something in a path. */
	private static final Pattern SPECIAL = Pattern.compile("-|\\.{1,2}");

	private final String collection;

	/**
	 * Locations.
	 * @param collection path of the runs, below the context path
	 */
	RunLocations(String collection) {
		this.collection = collection;
	}

	ResponseEntity<byte[]> started(WorkflowHandle<?> run, ApiRequest request) {
		return answer(202, run, request);
	}

	ResponseEntity<byte[]> answer(int status, WorkflowHandle<?> run, ApiRequest request) {
		return Answers.changed(status, run, request, of(run.id(), request));
	}

	String of(String id, ApiRequest request) {
		String collection = request.contextPath() + this.collection;
		if (PLAIN.matcher(id).matches() && !SPECIAL.matcher(id).matches()) {
			return collection + "/" + id;
		}
		return collection + "/-?id=" + UriUtils.encode(id, StandardCharsets.UTF_8);
	}

}
