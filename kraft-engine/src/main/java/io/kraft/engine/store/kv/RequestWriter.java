package io.kraft.engine.store.kv;

import java.util.HashMap;
import java.util.Map;

import io.kraft.engine.store.AnsweredRequest;
import io.kraft.engine.store.RepeatedRequestException;

/**
 * Writes which requests have had their effect: each of them once, even where two attempts
 * have found that it has not and meet in one batch.
 */
final class RequestWriter {

	private final KeyReader store;

	private final KeyBatch batch;

	/** Whether a request is known after the changes of this commit so far. */
	private final Map<String, Boolean> known = new HashMap<>();

	RequestWriter(KeyReader store, KeyBatch batch) {
		this.store = store;
		this.batch = batch;
	}

	void answered(AnsweredRequest request) {
		Boolean written = this.known.put(request.id(), true);
		if ((written != null) ? written : isStored(request.id())) {
			throw new RepeatedRequestException(request.id());
		}
		this.batch.put(Keyspace.META, RequestKeys.byId(request.id()), RequestKeys.encode(request));
		this.batch.put(Keyspace.META, RequestKeys.byTime(request), Keys.EMPTY);
	}

	void forgotten(AnsweredRequest request) {
		this.known.put(request.id(), false);
		this.batch.delete(Keyspace.META, RequestKeys.byId(request.id()));
		this.batch.delete(Keyspace.META, RequestKeys.byTime(request));
	}

	private boolean isStored(String id) {
		return this.store.get(Keyspace.META, RequestKeys.byId(id)) != null;
	}

}
