package io.kraft.engine.store.encrypted;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import io.kraft.engine.codec.AesGcmEncryption;
import io.kraft.engine.codec.EncryptionKeys;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.UnreadableEntryException;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.ChannelContract;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.OutboxRow;
import io.kraft.engine.store.OutboxRow.Signal;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.memory.MemoryMedium;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is sent to another partition is encrypted in the outbox, on the way, and where it
 * arrives, each time for its location.
 */
class EncryptedChannelTests implements ChannelContract {

	private static final int PARTITION = 2;

	private final AesGcmEncryption encryption = encryption();

	private final MemoryMedium medium = new MemoryMedium();

	private Store store = open(this.medium, PARTITION);

	EncryptedChannelTests() {
		this.store.claim(1);
	}

	private static AesGcmEncryption encryption() {
		String key = Base64.getEncoder().encodeToString("k".repeat(32).getBytes(StandardCharsets.UTF_8));
		return new AesGcmEncryption(EncryptionKeys.ofBase64("k", Map.of("k", key)), true);
	}

	private Store open(MemoryMedium medium, int partition) {
		return EncryptedStore.around(medium::open, List.of(this.encryption), partition).get();
	}

	@AfterEach
	void close() {
		this.store.close();
	}

	@Override
	public Store store() {
		return this.store;
	}

	@Override
	public void reopen() {
		this.store.close();
		this.store = open(this.medium, PARTITION);
	}

	@Override
	public void crash() {
		this.medium.crash();
		this.store = open(this.medium, PARTITION);
	}

	@Override
	public OutboxRow readable(OutboxRow row) {
		return row.withPayload(this::decrypted);
	}

	private Payload decrypted(Payload payload) {
		assertThat(payload.codecs()).isEqualTo(AesGcmEncryption.ID);
		return Payload.json(this.encryption.decode(payload.bytes()));
	}

	@Test
	void isEncryptedForTheNewLocationWhereItArrives() {
		this.store.commit(1, List.of(new Change.OutboxAdded(1, ChannelContract.signal("r", "secret"))));
		Signal sent = (Signal) this.store.channels().rows(1, 0, 1, 1).getFirst().row();
		assertThat(new String(sent.value().bytes(), StandardCharsets.ISO_8859_1)).contains("2:0/outbox/1/1:rorder-1")
			.doesNotContain("secret");
		try (Store receiver = open(new MemoryMedium(), 1)) {
			receiver.claim(1);
			receiver.commit(1, List.of(new Change.MessageAdded(message(sent), null), new Change.ChannelTaken(2, 1)));

			Payload arrived = ((Outcome.Success) receiver.messages(7, 0).getFirst().outcome()).value();
			assertThat(new String(arrived.bytes(), StandardCharsets.ISO_8859_1)).contains("1:7/message/3");
			assertThat(decrypted(arrived).bytes()).asString(StandardCharsets.UTF_8).isEqualTo("\"secret\"");
		}
	}

	@Test
	void isRefusedInTheRowOfAnotherRequest() {
		this.store.commit(1, List.of(new Change.OutboxAdded(1, ChannelContract.signal("r", "mine"))));
		Signal row = (Signal) this.store.channels().rows(1, 0, 1, 1).getFirst().row();

		assertForeign(new Signal("other", row.to(), row.from(), row.name(), row.value(), row.at()), 1, PARTITION);
		assertForeign(new Signal("r", "order-2", row.from(), row.name(), row.value(), row.at()), 1, PARTITION);
		assertForeign(row, 3, PARTITION);
		assertForeign(row, 1, 0);
		assertForeign(row.withPayload((payload) -> Payload.NULL), 1, PARTITION);
	}

	/** In a store that was changed from outside. */
	private void assertForeign(OutboxRow row, int target, int partition) {
		MemoryMedium changed = new MemoryMedium();
		try (Store plain = changed.open()) {
			plain.claim(1);
			plain.commit(1, List.of(new Change.OutboxAdded(target, row)));
		}
		try (Store encrypted = open(changed, partition)) {
			assertThatExceptionOfType(UnreadableEntryException.class)
				.isThrownBy(() -> encrypted.channels().rows(target, 0, 1, 1))
				.withMessageStartingWith("KRAFT-4015: ");
		}
	}

	private static Message message(Signal row) {
		return new Message(7, 3, Message.Kind.SIGNAL, row.name(), new Outcome.Success(row.value()), Instant.EPOCH);
	}

}
