package io.kraft.spring.boot.autoconfigure.web;

import java.util.List;

/**
 * A body whose fields break the constraints that the application puts on them.
 */
final class InvalidFieldsException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient List<Problem.FieldError> errors;

	InvalidFieldsException(List<Problem.FieldError> errors) {
		super(errors.toString());
		this.errors = List.copyOf(errors);
	}

	List<Problem.FieldError> errors() {
		return this.errors;
	}

}
