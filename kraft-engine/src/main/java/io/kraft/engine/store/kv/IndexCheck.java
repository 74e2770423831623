package io.kraft.engine.store.kv;

import java.util.Arrays;

import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.check.Finding.Kind;

/**
 * Checks the index against the rows: each key is one that its run needs, and as many are
 * there as are needed, so that none is missing. Only when the sums differ are the missing
 * ones looked for.
 */
final class IndexCheck {

	private final KeyReader store;

	private final StoredRows rows;

	private final Findings findings;

	private byte[] lastId = Keys.EMPTY;

	IndexCheck(KeyReader store, StoredRows rows, Findings findings) {
		this.store = store;
		this.rows = rows;
		this.findings = findings;
	}

	/**
	 * Checks all keys.
	 * @param needed how many keys the rows need
	 */
	void run(long needed) {
		long present = 0;
		try (KeyCursor keys = this.store.scan(Keyspace.INDEX, Keys.EMPTY, null)) {
			for (boolean found = keys.first(); found; found = keys.next()) {
				this.findings.keys++;
				present += isRight(keys.key()) ? 1 : 0;
			}
		}
		if (present != needed) {
			findMissing();
		}
	}

	private boolean isRight(byte[] key) {
		if (key.length <= Long.BYTES) {
			wrong(0, key, "a kind and a run's number", "another key");
			return false;
		}
		long number = Keys.number(key, key.length - Long.BYTES);
		StoredRows.Found found = this.rows.row(number);
		RunRow row = found.row();
		if (row == null) {
			if (!found.exists()) {
				wrong(number, key, "a row", "none");
			}
			return false;
		}
		if (RunIndex.keys(row).stream().noneMatch((needed) -> Arrays.equals(needed, key))) {
			wrong(number, key, "a property of the run", "another");
			return false;
		}
		if (key[0] == RunKeys.ID) {
			checkUnique(row, key);
		}
		return true;
	}

	private void wrong(long number, byte[] key, String expected, String found) {
		this.findings.add(Kind.INDEX_WRONG, number, RunKeys.indexName(key) + " " + Findings.hex(key), expected, found,
				KeyFix.absent(Keyspace.INDEX, key));
	}

	/** Keys of one id are neighbours. */
	private void checkUnique(RunRow row, byte[] key) {
		byte[] id = Arrays.copyOf(key, key.length - Long.BYTES);
		if (Arrays.equals(id, this.lastId)) {
			this.findings.add(Kind.DUPLICATE_ID, row, "id", "one run", "another of a lower number, too");
		}
		this.lastId = id;
	}

	private void findMissing() {
		try (KeyCursor runs = this.store.scan(Keyspace.RUNS, Keys.EMPTY, null)) {
			for (boolean found = runs.first(); found; found = runs.next()) {
				RunRow row = (runs.key().length == Long.BYTES) ? this.rows.row(Keys.lastNumber(runs.key())).row()
						: null;
				if (row != null) {
					findMissing(row);
				}
			}
		}
	}

	private void findMissing(RunRow row) {
		for (byte[] key : RunIndex.keys(row)) {
			if (this.store.get(Keyspace.INDEX, key) == null) {
				this.findings.add(Kind.INDEX_MISSING, row, RunKeys.indexName(key), Findings.hex(key), "none",
						KeyFix.present(Keyspace.INDEX, key));
			}
		}
	}

}
