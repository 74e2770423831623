package io.kraft.engine.store.kv;

import org.jspecify.annotations.Nullable;

/**
 * A key of what is derived, as it should be. Writing it twice is idempotent.
 *
 * @param value null if the key should not be there
 */
@SuppressWarnings("ArrayRecordComponent") // Written, never compared.
record KeyFix(Keyspace space, byte[] key, byte @Nullable [] value) {

	static KeyFix present(Keyspace space, byte[] key) {
		return new KeyFix(space, key, Keys.EMPTY);
	}

	static KeyFix absent(Keyspace space, byte[] key) {
		return new KeyFix(space, key, null);
	}

	void write(KeyBatch batch) {
		if (this.value != null) {
			batch.put(this.space, this.key, this.value);
		}
		else {
			batch.delete(this.space, this.key);
		}
	}

}
