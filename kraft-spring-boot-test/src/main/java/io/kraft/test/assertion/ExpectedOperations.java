package io.kraft.test.assertion;

import java.util.List;

import io.kraft.client.OperationView;
import io.kraft.test.call.StepName;

/**
 * The operations that a journal is to hold, in their order. The start and the end of the
 * run are not counted.
 *
 * @param patterns each a kind, or a kind and a name, as in {@code "step charge"}
 */
record ExpectedOperations(List<String> patterns) {

	boolean areIn(List<OperationView> journal) {
		List<OperationView> found = journal.stream()
			.filter((view) -> !view.kind().equals("start") && !view.kind().equals("end"))
			.toList();
		if (found.size() != this.patterns.size()) {
			return false;
		}
		for (int i = 0; i < found.size(); i++) {
			if (!isMeant(this.patterns.get(i), found.get(i))) {
				return false;
			}
		}
		return true;
	}

	private static boolean isMeant(String pattern, OperationView view) {
		String[] words = pattern.split(" ", 2);
		return view.kind().equals(words[0]) && (words.length == 1 || StepName.isMeant(words[1], view.name()));
	}

}
