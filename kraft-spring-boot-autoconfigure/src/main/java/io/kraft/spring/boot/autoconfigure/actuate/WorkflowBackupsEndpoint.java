package io.kraft.spring.boot.autoconfigure.actuate;

import io.kraft.spring.boot.autoconfigure.backup.BackupDescriptor;
import io.kraft.spring.boot.autoconfigure.backup.NamedBackups;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * Makes backups of the store while it is in use. It reads nothing: without unrestricted
 * access there is no operation.
 */
@Endpoint(id = "workflowbackups", defaultAccess = Access.READ_ONLY)
public final class WorkflowBackupsEndpoint {

	private final NamedBackups backups;

	/**
	 * An endpoint that makes the given backups.
	 */
	public WorkflowBackupsEndpoint(NamedBackups backups) {
		this.backups = backups;
	}

	/**
	 * Makes a backup; it is durable when this returns.
	 * @param name of its directory below {@code kraft.storage.backup-path}
	 */
	@WriteOperation
	public BackupDescriptor backup(@Selector String name) {
		return this.backups.backup(name);
	}

}
