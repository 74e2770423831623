package io.kraft.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.codec.AesGcmEncryption;
import io.kraft.engine.codec.EncryptionKeys;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.MessageVisitor;
import io.kraft.engine.store.Store;
import io.kraft.engine.testing.ForwardingStore;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.WorkflowContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What somebody who can write to the store, but has no key, can do with inboxes and
 * published values, and what he can't: as docs/reference/security.md says.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class EncryptionBorderTests {

	private static final String KEY = Base64.getEncoder()
		.encodeToString("0123456789abcdef".getBytes(StandardCharsets.UTF_8));

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final TestEngine engine = new TestEngine();

	private boolean required = true;

	EncryptionBorderTests() {
		this.engine
			.with((builder) -> builder.maxParkedWorkflows(0)
				.payloadCodecs(
						List.of(new AesGcmEncryption(EncryptionKeys.ofBase64("k", Map.of("k", KEY)), this.required))))
			.workflow("order", String.class, (argument) -> {
				this.workflow.publish("price", "10");
				this.workflow.publish("price", "20");
				this.workflow.publish("stock", "30");
				this.workflow.awaitSignal("go", String.class);
				return this.workflow.awaitSignal("first", String.class)
						+ this.workflow.awaitSignal("second", String.class);
			});
	}

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void messagesWhosePayloadsWereExchangedPauseTheRun() {
		tamperedInbox((messages) -> List.of(with(messages.get(0), messages.get(1).outcome()),
				with(messages.get(1), messages.get(0).outcome())));

		awaitPaused("KRAFT-4015", "1/message/");
	}

	@Test
	void aMessageThatWasCutOffOrEmptiedPausesTheRun() {
		tamperedInbox(
				(messages) -> List.of(with(messages.get(0), changed(messages.get(0), new byte[0])), messages.get(1)));

		awaitPaused("KRAFT-4015", "1/message/");
	}

	@Test
	void aPlainMessageInThePlaceOfAnEncryptedOnePausesTheRun() {
		tamperedInbox((messages) -> List.of(with(messages.get(0), plain("\"forged\"")), messages.get(1)));

		awaitPaused("KRAFT-4015", "is not encrypted");
	}

	@Test
	void aPlainMessageInThePlaceOfAnEncryptedOneIsReadWherePlainOnesAreAccepted() {
		this.required = false;

		tamperedInbox((messages) -> List.of(with(messages.get(0), plain("\"forged\"")), messages.get(1)));

		assertThat(this.engine.finish(this.engine.client().handle("o"))).isEqualTo("forged-of-second");
	}

	@Test
	void theNameOfASignalIsNotBoundToItsPayload() {
		tamperedInbox((messages) -> List.of(named(messages.get(0), "second"), named(messages.get(1), "first")));

		assertThat(this.engine.finish(this.engine.client().handle("o"))).isEqualTo("-of-second-of-first");
	}

	@Test
	void aPublishedValueUnderAnotherKeyIsRefused() {
		tamperedValues((store, key) -> store.published(1, "stock"));

		assertThatExceptionOfType(KraftException.class)
			.isThrownBy(() -> this.engine.client().handle("o").published("price", String.class))
			.withMessageStartingWith("KRAFT-4015")
			.withMessageContaining("1/published/price");
	}

	@Test
	void anOlderValueInItsOwnPlaceIsRead() {
		List<Payload> written = new ArrayList<>();
		this.engine.withStore((store) -> new ForwardingStore(store) {

			@Override
			public void commit(long epoch, List<Change> changes) {
				changes.forEach((change) -> {
					if (change instanceof Change.ValuePublished published) {
						written.add(published.value());
					}
				});
				super.commit(epoch, changes);
			}

		});
		tamperedValues((store, key) -> written.getFirst());

		assertThat(this.engine.client().handle("o").published("price", String.class)).contains("10");
	}

	private void tamperedInbox(UnaryOperator<List<Message>> change) {
		this.engine.start();
		this.engine.run("order", "o", "x");
		awaitStatus(WorkflowStatus.SUSPENDED);
		this.engine.client().signal("o", "first", "-of-first");
		this.engine.client().signal("o", "second", "-of-second");
		this.engine.crash().withStore((store) -> new TamperedInbox(store, change)).start();
		this.engine.client().signal("o", "go", "on");
	}

	private void tamperedValues(Forgery forgery) {
		this.engine.start();
		this.engine.run("order", "o", "x");
		awaitStatus(WorkflowStatus.SUSPENDED);
		this.engine.crash().withStore((store) -> new ForwardingStore(store) {

			@Override
			public @Nullable Payload published(long run, String key) {
				return forgery.published(store, key);
			}

		}).start();
	}

	private void awaitStatus(WorkflowStatus status) {
		await().until(() -> this.engine.client().handle("o").status() == status);
	}

	private void awaitPaused(String code, String reason) {
		await().untilAsserted(
				() -> assertThat(Objects.requireNonNullElse(this.engine.client().handle("o").describe().reason(), ""))
					.startsWith(code)
					.contains(reason));
		assertThat(this.engine.engine().health().state()).isEqualTo(EngineHealth.State.RUNNING);
	}

	private static Outcome changed(Message message, byte[] bytes) {
		return new Outcome.Success(new Payload(((Outcome.Success) message.outcome()).value().codecs(), bytes));
	}

	private static Outcome plain(String json) {
		return new Outcome.Success(Payload.json(json.getBytes(StandardCharsets.UTF_8)));
	}

	private static Message with(Message message, Outcome outcome) {
		return new Message(message.run(), message.sequence(), message.kind(), message.name(), outcome, message.at());
	}

	private static Message named(Message message, String name) {
		return new Message(message.run(), message.sequence(), message.kind(), name, message.outcome(), message.at());
	}

	/** What the store answers in place of a published value. */
	private interface Forgery {

		@Nullable Payload published(Store store, String key);

	}

	/** Changes the two signals that the run has not taken, where there are two. */
	private static final class TamperedInbox extends ForwardingStore {

		private final UnaryOperator<List<Message>> change;

		TamperedInbox(Store store, UnaryOperator<List<Message>> change) {
			super(store);
			this.change = change;
		}

		private List<Message> tampered(long run) {
			List<Message> signals = super.messages(run, 0).stream()
				.filter((message) -> !message.name().equals("go"))
				.toList();
			return (signals.size() == 2) ? this.change.apply(signals) : signals;
		}

		private Message forged(Message message) {
			return tampered(message.run()).stream()
				.filter((forged) -> forged.sequence() == message.sequence())
				.findFirst()
				.orElse(message);
		}

		@Override
		public List<Message> messages(long run, long after) {
			return super.messages(run, after).stream().map(this::forged).toList();
		}

		@Override
		public void readMessages(long run, long after, MessageVisitor visitor) {
			super.readMessages(run, after,
					(message, isWhole, bytes) -> visitor.visit(isWhole ? forged(message) : message, isWhole, bytes));
		}

		@Override
		public @Nullable Message message(long run, long sequence) {
			Message message = super.message(run, sequence);
			return (message != null) ? forged(message) : null;
		}

	}

}
