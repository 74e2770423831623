package io.kraft.spring.boot.web;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kraft.client.WorkflowStatus;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong, as RFC 9457 has it.
 *
 * @param type {@code urn:kraft:3001} for {@code KRAFT-3001}
 * @param title the same for all problems of the type
 * @param status of HTTP
 * @param detail of this problem, for people
 * @param instance path of the request
 * @param code such as {@code KRAFT-3001}
 * @param workflowStatus of the run, where that is why the request is refused
 * @param errors what is wrong with the single fields of a body
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Problem(String type, String title, int status, String detail, String instance, String code,
		@Nullable WorkflowStatus workflowStatus, List<FieldError> errors) {

	/**
	 * What is wrong with a field.
	 */
	record FieldError(String field, String message) {
	}

}
