package io.kraft.spring.boot.autoconfigure.actuate;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.kraft.client.WorkflowQuery;
import io.kraft.client.WorkflowStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.util.StringUtils;

/**
 * Reads the query parameters of a listing. A malformed one is refused with the parameter,
 * the value and what is allowed; an empty one counts as absent.
 */
final class QueryParameters {

	private QueryParameters() {
	}

	static WorkflowQuery parse(@Nullable String name, @Nullable List<String> status, @Nullable Object tag,
			@Nullable String limit, @Nullable String cursor) {
		WorkflowQuery query = WorkflowQuery.all();
		if (StringUtils.hasLength(name)) {
			query = query.name(name);
		}
		if (status != null) {
			query = query.status(statuses(status));
		}
		for (String pair : tags(tag)) {
			int colon = pair.indexOf(':');
			if (colon < 1) {
				throw invalid("tag", pair, "key:value");
			}
			query = query.tag(pair.substring(0, colon), pair.substring(colon + 1));
		}
		return page(query, limit, cursor);
	}

	/**
	 * A page of what the query is for.
	 */
	static WorkflowQuery page(WorkflowQuery query, @Nullable String limit, @Nullable String cursor) {
		WorkflowQuery page = query.limit(number("limit", limit, query.limit(), 1, WorkflowQuery.MAX_LIMIT));
		return StringUtils.hasLength(cursor) ? page.cursor(cursor) : page;
	}

	private static WorkflowStatus[] statuses(List<String> values) {
		return values.stream()
			.flatMap((value) -> Stream.of(value.split(",")))
			.map(String::strip)
			.filter(StringUtils::hasLength)
			.map(QueryParameters::status)
			.distinct()
			.toArray(WorkflowStatus[]::new);
	}

	private static WorkflowStatus status(String value) {
		return Stream.of(WorkflowStatus.values())
			.filter((status) -> status.name().equals(value.toUpperCase(Locale.ROOT)))
			.findFirst()
			.orElseThrow(() -> invalid("status", value, "one of " + Arrays.toString(WorkflowStatus.values())));
	}

	private static List<String> tags(@Nullable Object tag) {
		Stream<?> values = (tag instanceof List<?> several) ? several.stream() : Stream.ofNullable(tag);
		return values.map(Object::toString).filter(StringUtils::hasLength).toList();
	}

	/**
	 * A number between two others, both included.
	 * @param value null or empty means the default one
	 */
	static int number(String parameter, @Nullable String value, int byDefault, int from, int to) {
		if (!StringUtils.hasLength(value)) {
			return byDefault;
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
		throw invalid(parameter, value, "a number from " + from + " to " + to);
	}

	private static InvalidEndpointRequestException invalid(String parameter, String value, String allowed) {
		String message = "The parameter '%s' is '%s', but must be %s.".formatted(parameter, value, allowed);
		return new InvalidEndpointRequestException(message, message);
	}

}
