package io.kraft.engine.store.kv;

import java.util.Arrays;

import io.kraft.engine.store.AnsweredRequest;
import io.kraft.engine.store.check.Finding.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Checks the requests that were answered: each is found by its id and by its time.
 */
final class RequestCheck {

	private final KeyReader store;

	private final Findings findings;

	RequestCheck(KeyReader store, Findings findings) {
		this.store = store;
		this.findings = findings;
	}

	/**
	 * Checks that a request is found by its time.
	 * @return whether it is the key of a request
	 */
	boolean isById(byte[] key, byte[] value) {
		String id = Keys.firstString(key);
		byte[] byTime = RequestKeys.byTime(RequestKeys.decode(id, value));
		if (this.store.get(Keyspace.META, byTime) == null) {
			this.findings.add(Kind.REQUEST, 0, "request '" + id + "'", "a key by its time", "none",
					KeyFix.present(Keyspace.META, byTime));
		}
		return Arrays.equals(key, RequestKeys.byId(id));
	}

	/**
	 * Checks that there is the request that is found by a time.
	 * @return whether it is the key of one
	 */
	boolean isByTime(byte[] key) {
		String id = RequestKeys.id(key);
		AnsweredRequest request = read(id);
		if (request == null || !Arrays.equals(RequestKeys.byTime(request), key)) {
			this.findings.add(Kind.REQUEST, 0, Findings.hex(key), "no key by this time", "one of request '" + id + "'",
					KeyFix.absent(Keyspace.META, key));
		}
		return true;
	}

	/** One that cannot be read is a finding where it is itself. */
	private @Nullable AnsweredRequest read(String id) {
		try {
			return RequestKeys.read(this.store, id);
		}
		catch (RuntimeException ex) {
			return null;
		}
	}

}
