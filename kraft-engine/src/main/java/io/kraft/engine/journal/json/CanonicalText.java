package io.kraft.engine.journal.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import tools.jackson.databind.JsonNode;

/**
 * The text of a JSON value that does not depend on the order in which sets and maps were
 * written: members and elements are sorted. Values that differ in the order of a list's
 * elements only have the same text.
 */
final class CanonicalText {

	private CanonicalText() {
	}

	/**
	 * The text of an array whose own elements keep their order.
	 */
	static String ofArguments(JsonNode arguments) {
		if (!arguments.isArray()) {
			return of(arguments);
		}
		StringBuilder text = new StringBuilder();
		arguments.forEach((argument) -> text.append(of(argument)).append(','));
		return text.toString();
	}

	static String of(JsonNode value) {
		List<String> parts = new ArrayList<>();
		if (value.isObject()) {
			value.properties().forEach((member) -> parts.add("\"" + member.getKey() + "\":" + of(member.getValue())));
		}
		else if (value.isArray()) {
			value.forEach((element) -> parts.add(of(element)));
		}
		else {
			return value.toString();
		}
		Collections.sort(parts);
		return (value.isObject() ? "{" : "[") + String.join(",", parts) + (value.isObject() ? "}" : "]");
	}

}
