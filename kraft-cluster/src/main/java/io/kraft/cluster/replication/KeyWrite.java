package io.kraft.cluster.replication;

import io.kraft.engine.store.kv.KeyBatch;
import io.kraft.engine.store.kv.Keyspace;

/**
 * One write of an entry.
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public sealed interface KeyWrite {

	/**
	 * Adds it to a batch of the local store.
	 */
	void addTo(KeyBatch batch);

	/**
	 * A key gets a value.
	 */
	record Put(Keyspace space, byte[] key, byte[] value) implements KeyWrite {

		@Override
		public void addTo(KeyBatch batch) {
			batch.put(this.space, this.key, this.value);
		}

	}

	/**
	 * A key is removed.
	 */
	record Delete(Keyspace space, byte[] key) implements KeyWrite {

		@Override
		public void addTo(KeyBatch batch) {
			batch.delete(this.space, this.key);
		}

	}

	/**
	 * All keys from one, inclusive, to another, exclusive, are removed.
	 */
	record DeleteRange(Keyspace space, byte[] from, byte[] to) implements KeyWrite {

		@Override
		public void addTo(KeyBatch batch) {
			batch.deleteRange(this.space, this.from, this.to);
		}

	}

}
