package io.kraft.engine.lifecycle;

import io.kraft.engine.journal.JournalTooLargeException;
import io.kraft.engine.journal.UnreadableEntryException;
import io.kraft.engine.journal.failure.Failures;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.StorageException;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.UnknownStepException;
import io.kraft.workflow.UnknownWorkflowException;

/**
 * Distinguishes a run that cannot be read, which is paused, from a store that cannot be
 * read, which fails the engine.
 * <p>
 * Of one run is what is wrong with the bytes: a block whose checksum does not match, an
 * entry that cannot be decoded, a journal that does not fit into memory. Of the store is
 * what is wrong with the reading: an input or output error says nothing about the bytes,
 * and the next read may fail, too.
 */
public final class UnreadableRun {

	private UnreadableRun() {
	}

	/**
	 * Whether a failure that reading a run has led to leaves the other runs alone.
	 */
	public static boolean isCauseOf(RuntimeException failure) {
		return switch (failure) {
			case StorageException storage -> isDamage(storage);
			case UnreadableEntryException entry -> true;
			case JournalTooLargeException journal -> true;
			case UnknownWorkflowException workflow -> true;
			case UnknownStepException step -> true;
			// Such as the stop of the engine.
			case KraftException kraft -> false;
			default -> true;
		};
	}

	private static boolean isDamage(StorageException failure) {
		return failure.code().equals(StorageException.DAMAGED)
				|| failure.code().equals(StorageException.UNKNOWN_FORMAT);
	}

	/**
	 * Why the run is paused, with a code.
	 */
	static KraftException reason(RunRow row, RuntimeException failure) {
		return (failure instanceof KraftException kraft) ? kraft : new StorageException(StorageException.UNREADABLE_RUN,
				"run '" + row.id() + "' cannot be read: " + Failures.describe(failure)
						+ ". Its journal or its inbox holds what no version of Kraft writes. Restore the data "
						+ "directory from a backup, or terminate the run. See docs/reference/errors.md#kraft-4013",
				failure);
	}

}
