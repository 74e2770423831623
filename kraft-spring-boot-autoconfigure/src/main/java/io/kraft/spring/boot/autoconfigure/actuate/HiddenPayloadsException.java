package io.kraft.spring.boot.autoconfigure.actuate;

/**
 * A caller who may not see payloads has requested something that consists of them.
 */
final class HiddenPayloadsException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	HiddenPayloadsException(String id) {
		super("The export of run '" + id + "' holds its payloads, which are hidden here. They are shown to "
				+ "authorized users, see management.endpoint.workflowruns.show-values and .roles.");
	}

}
