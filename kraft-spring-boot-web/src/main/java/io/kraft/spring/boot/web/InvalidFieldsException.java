package io.kraft.spring.boot.web;

import java.util.List;

/**
 * A body whose fields violate the application's constraints.
 */
final class InvalidFieldsException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient List<FieldError> errors;

	InvalidFieldsException(List<FieldError> errors) {
		super(errors.toString());
		this.errors = List.copyOf(errors);
	}

	List<FieldError> errors() {
		return this.errors;
	}

	/**
	 * What is wrong with a field.
	 */
	record FieldError(String field, String message) {
	}

}
