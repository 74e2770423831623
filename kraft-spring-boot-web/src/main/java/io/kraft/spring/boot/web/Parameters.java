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
import org.springframework.util.MultiValueMap;
import org.springframework.util.StringUtils;

/**
 * Reads query parameters. A malformed one is refused with its name and what is allowed;
 * an empty one counts as absent.
 */
final class Parameters {

	private Parameters() {
	}

	/** The first parameter of that name. */
	static Optional<String> first(MultiValueMap<String, String> parameters, String name) {
		return all(parameters, name).stream().findFirst();
	}

	private static List<String> all(MultiValueMap<String, String> parameters, String name) {
		return parameters.getOrDefault(name, List.of()).stream().filter(StringUtils::hasLength).toList();
	}

	static WorkflowQuery query(MultiValueMap<String, String> parameters) {
		WorkflowQuery query = page(WorkflowQuery.all(), parameters);
		for (String name : first(parameters, "name").stream().toList()) {
			query = query.name(name);
		}
		for (String pair : all(parameters, "tag")) {
			int colon = pair.indexOf(':');
			if (colon < 1) {
				throw malformed("tag", "key:value");
			}
			query = query.tag(pair.substring(0, colon), pair.substring(colon + 1));
		}
		for (Instant after : instant(parameters, "startedAfter").stream().toList()) {
			query = query.startedAfter(after);
		}
		for (Instant before : instant(parameters, "startedBefore").stream().toList()) {
			query = query.startedBefore(before);
		}
		return query.status(statuses(parameters).toArray(WorkflowStatus[]::new));
	}

	static WorkflowQuery page(WorkflowQuery query, MultiValueMap<String, String> parameters) {
		WorkflowQuery page = query.limit(number(parameters, "limit", 1, WorkflowQuery.MAX_LIMIT, query.limit()));
		return first(parameters, "cursor").map(page::cursor).orElse(page);
	}

	/** Any of these; repeated or separated by commas, in upper or lower case. */
	static List<WorkflowStatus> statuses(MultiValueMap<String, String> parameters) {
		return all(parameters, "status").stream()
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

	static int number(MultiValueMap<String, String> parameters, String name, int from, int to, int otherwise) {
		String value = first(parameters, name).orElse(null);
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
	static Duration duration(MultiValueMap<String, String> parameters, String name, Duration most) {
		String value = first(parameters, name).orElse("0s");
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

	private static Optional<Instant> instant(MultiValueMap<String, String> parameters, String name) {
		try {
			return first(parameters, name).map(Instant::parse);
		}
		catch (DateTimeException ex) {
			throw malformed(name, "a time such as 2026-01-31T12:00:00Z");
		}
	}

	private static RequestRefusedException malformed(String parameter, String allowed) {
		return RequestRefusedException.malformed("the parameter '" + parameter + "' must be " + allowed);
	}

}
