package io.kraft.spring.boot.autoconfigure.backup;

import java.time.Instant;

import io.kraft.client.BackupDescription;

/**
 * A backup that is complete and durable.
 *
 * @param name of its directory below {@code kraft.storage.backup-path}
 * @param epoch number of the ownership under which it was made
 * @param runs about how many runs it holds
 * @param sizeBytes of its files, also where they are shared with the data directory
 * @param createdAt every run acknowledged before is in it
 */
public record BackupDescriptor(String name, long epoch, long runs, long sizeBytes, Instant createdAt) {

	static BackupDescriptor of(String name, BackupDescription backup) {
		return new BackupDescriptor(name, backup.epoch(), backup.runs(), backup.sizeBytes(), backup.createdAt());
	}

}
