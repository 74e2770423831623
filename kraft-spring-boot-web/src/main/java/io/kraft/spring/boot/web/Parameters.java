package io.kraft.spring.boot.web;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import io.kraft.client.WorkflowQuery;
import io.kraft.client.WorkflowStatus;

import org.springframework.boot.convert.DurationStyle;

/**
 * Reads query parameters. A malformed one is refused with its name and what is allowed;
 * an empty one counts as absent.
 */
final class Parameters {

	private Parameters() {
	}

	static WorkflowQuery query(ApiRequest request) {
		WorkflowQuery query = page(WorkflowQuery.all(), request);
		for (String name : request.parameter("name").stream().toList()) {
			query = query.name(name);
		}
		for (String pair : request.parameters("tag")) {
			int colon = pair.indexOf(':');
			if (colon < 1) {
				throw malformed("tag", "key:value");
			}
			query = query.tag(pair.substring(0, colon), pair.substring(colon + 1));
		}
		for (Instant after : instant(request, "startedAfter").stream().toList()) {
			query = query.startedAfter(after);
		}
		for (Instant before : instant(request, "startedBefore").stream().toList()) {
			query = query.startedBefore(before);
		}
		return query.status(statuses(request).toArray(WorkflowStatus[]::new));
	}

	static WorkflowQuery page(WorkflowQuery query, ApiRequest request) {
		WorkflowQuery page = query.limit(number(request, "limit", 1, WorkflowQuery.MAX_LIMIT, query.limit()));
		return request.parameter("cursor").map(page::cursor).orElse(page);
	}

	/** Any of these; repeated or separated by commas, in upper or lower case. */
	static List<WorkflowStatus> statuses(ApiRequest request) {
		return request.parameters("status")
			.stream()
			.flatMap((value) -> Stream.of(value.split(",", -1)))
			.map(Parameters::status)
			.distinct()
			.toList();
	}

	private static WorkflowStatus status(String value) {
		return Stream.of(WorkflowStatus.values())
			.filter((status) -> status.name().equals(value.strip().toUpperCase(Locale.ROOT)))
			.findFirst()
			.orElseThrow(() -> malformed("status", "one of " + Arrays.toString(WorkflowStatus.values())));
	}

	static int number(ApiRequest request, String name, int from, int to, int otherwise) {
		String value = request.parameter(name).orElse(null);
		if (value == null) {
			return otherwise;
		}
		try {
			int number = Integer.parseInt(value);
			if (number >= from && number <= to) {
				return number;
			}
		}
		catch (NumberFormatException ex) {
			// Refused below, as a number out of bounds is.
		}
		throw malformed(name,
				(to == Integer.MAX_VALUE) ? "a number of at least " + from : "a number from " + from + " to " + to);
	}

	/** Such as {@code 30s} or {@code PT30S}. */
	static Duration duration(ApiRequest request, String name, Duration most) {
		String value = request.parameter(name).orElse("0s");
		try {
			Duration duration = DurationStyle.detectAndParse(value);
			if (!duration.isNegative() && duration.compareTo(most) <= 0) {
				return duration;
			}
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			// Refused below, as a duration out of bounds is.
		}
		throw malformed(name, "a duration such as 30s, from 0 to " + DurationStyle.SIMPLE.print(most));
	}

	private static Optional<Instant> instant(ApiRequest request, String name) {
		try {
			return request.parameter(name).map(Instant::parse);
		}
		catch (DateTimeException ex) {
			throw malformed(name, "a time such as 2026-01-31T12:00:00Z");
		}
	}

	private static RequestRefusedException malformed(String parameter, String allowed) {
		return RequestRefusedException.malformed("the parameter '" + parameter + "' must be " + allowed);
	}

}
