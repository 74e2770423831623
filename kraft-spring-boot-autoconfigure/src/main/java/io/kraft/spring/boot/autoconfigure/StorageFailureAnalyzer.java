package io.kraft.spring.boot.autoconfigure;

import io.kraft.engine.store.StorageException;
import io.kraft.workflow.ErrorDocs;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains a store that could not be opened.
 */
class StorageFailureAnalyzer extends AbstractFailureAnalyzer<StorageException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, StorageException cause) {
		return new FailureAnalysis("Kraft could not open its store. " + cause.getMessage(), action(cause.code()),
				cause);
	}

	private String action(String code) {
		return switch (code) {
			case StorageException.LOCKED ->
				"Stop the other process that uses the directory, or give this one a directory of its own with "
						+ "'kraft.storage.path'.";
			case StorageException.UNUSABLE_DIRECTORY ->
				"Make it a directory that is readable and writable for the user '" + System.getProperty("user.name")
						+ "', or name another one with 'kraft.storage.path'.";
			case StorageException.UNTRUSTED_DIRECTORY ->
				"Find out who has written to the directory. Then give it to the user '"
						+ System.getProperty("user.name")
						+ "' alone, such as with 'chown -R' and 'chmod -R go-rwx', or set "
						+ "'kraft.storage.allow-shared-directory=true'.";
			case StorageException.DAMAGED -> "Restore the directory from a backup. Without one, and if the runs in it "
					+ "may be lost, move it away: Kraft then starts with an empty one.";
			case StorageException.UNKNOWN_FORMAT ->
				"Start the version of Kraft that wrote the data, or a newer one. Nothing in the directory was changed.";
			case StorageException.STALE_EPOCH ->
				"Make sure that only one application uses the store, then restart this one.";
			case StorageException.FIXED_AT_CREATION ->
				"Set 'kraft.engine.partitions' to the number with which the directory was made, or name a new directory "
						+ "with 'kraft.storage.path'. Nothing in the directory was changed. See "
						+ ErrorDocs.page("guide/partitions.md");
			case StorageException.INCONSISTENT ->
				"Start the application with '--kraft.doctor' to see all findings, and with '--kraft.doctor=repair' to "
						+ "rebuild indexes, counts and timers. See " + ErrorDocs.page("guide/doctor.md");
			default -> "Check that the disk works and has free space, then start again: acknowledged commits are in "
					+ "the journal. See " + ErrorDocs.section(code);
		};
	}

}
