package io.kraft.spring.boot.autoconfigure.operator;

import io.kraft.workflow.ErrorDocs;

/**
 * What answers say where the reason is not the caller's to know.
 */
final class FixedTexts {

	private FixedTexts() {
	}

	static String of(int status, String code) {
		return text(status) + ". See " + ErrorDocs.section(code);
	}

	private static String text(int status) {
		return switch (status) {
			case 404 -> "there is nothing of that name";
			case 409 -> "it cannot be done in the present state";
			case 413 -> "a value is too large";
			case 503 -> "the application does not take this request at the moment; try again later";
			case 504 -> "the application did not complete this request in time; it may take effect nevertheless";
			default -> (status < 500) ? "something in the request is not accepted"
					: "the request could not be answered; see the log of the application for the cause";
		};
	}

}
