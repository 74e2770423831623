package io.kraft.engine.store.kv;

import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.store.check.Finding.Kind;

/**
 * Checks that each large message has what it carries, and that nothing is kept for a
 * message that is not there.
 */
final class PayloadCheck {

	private final KeyReader store;

	private final Findings findings;

	PayloadCheck(KeyReader store, Findings findings) {
		this.store = store;
		this.findings = findings;
	}

	/**
	 * Checks a message of which the head was read.
	 */
	void check(MessageCodec.Head head) {
		long run = head.message().run();
		long sequence = head.message().sequence();
		if (!head.isWhole() && this.store.get(Keyspace.MESSAGES, MessageKeys.payload(run, sequence)) == null) {
			this.findings.add(Kind.MESSAGE, run, "message " + sequence, "a payload under a key of its own", "none");
		}
	}

	/**
	 * Checks what a message carries.
	 * @throws RuntimeException if it cannot be decoded
	 */
	void check(long run, byte[] key, byte[] value) {
		JournalCodec.decodeOutcome(value);
		long sequence = Keys.lastNumber(key);
		if (!isApart(run, sequence, MessageKeys.message(run, sequence))
				&& !isApart(run, sequence, MessageKeys.setAside(run, sequence))) {
			this.findings.add(Kind.MESSAGE, run, "payload of message " + sequence, "a message that refers to it",
					"none");
		}
	}

	private boolean isApart(long run, long sequence, byte[] key) {
		byte[] head = this.store.get(Keyspace.MESSAGES, key);
		try {
			return head != null && !MessageCodec.decode(run, sequence, head).isWhole();
		}
		catch (RuntimeException ex) {
			// A finding of its own; it may have referred to it.
			return true;
		}
	}

}
