package io.kraft.engine.store.encrypted;

import java.util.List;
import java.util.Map;

import io.kraft.engine.journal.PayloadLocation;
import io.kraft.engine.store.ChannelMark;
import io.kraft.engine.store.Channels;
import io.kraft.engine.store.OutboxEntry;
import io.kraft.engine.store.OutboxRow;

/**
 * The channels of an encrypted store: a payload that was not written for its row is
 * refused before it is sent. On the way it stays encrypted for the sender's outbox; the
 * receiver's store encrypts it for the location that it gets there.
 */
final class EncryptedChannels implements Channels {

	private final Channels channels;

	private final LocatedPayloads payloads;

	EncryptedChannels(Channels channels, LocatedPayloads payloads) {
		this.channels = channels;
		this.payloads = payloads;
	}

	@Override
	public List<OutboxEntry> rows(int target, long after, int rows, int bytes) {
		List<OutboxEntry> entries = this.channels.rows(target, after, rows, bytes);
		entries.forEach((entry) -> verify(target, entry.row()));
		return entries;
	}

	private void verify(int target, OutboxRow row) {
		row.withPayload(
				(payload) -> this.payloads.from(PayloadLocation.ofOutbox(target, row.requestId(), row.to()), payload));
	}

	@Override
	public Map<Integer, ChannelMark> sent() {
		return this.channels.sent();
	}

	@Override
	public ChannelMark sent(int target) {
		return this.channels.sent(target);
	}

	@Override
	public long taken(int source) {
		return this.channels.taken(source);
	}

}
