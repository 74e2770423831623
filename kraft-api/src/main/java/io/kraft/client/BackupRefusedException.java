package io.kraft.client;

import io.kraft.workflow.KraftException;

/**
 * A backup was not begun; nothing was written. The message explains what to change, and
 * has the name of the backup; its path is in the log.
 *
 * @since 0.1.0
 */
public class BackupRefusedException extends KraftException {

	/** The code of every such refusal. */
	public static final String CODE = "KRAFT-4009";

	private static final long serialVersionUID = 1L;

	public BackupRefusedException(String message) {
		super(CODE, message + ". See docs/reference/errors.md#kraft-4009", null);
	}

}
