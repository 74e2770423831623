package io.kraft.cluster.replication.ratis;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import io.kraft.cluster.replication.EntryResult;
import io.kraft.cluster.replication.ProposalFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Proposals that are under way, so that none is waited for when this node leads no more.
 * Thread-safe.
 */
final class PendingProposals {

	private final AtomicLong last = new AtomicLong();

	private final Map<Long, Proposal> pending = new ConcurrentHashMap<>();

	Proposal begin() {
		Proposal proposal = new Proposal(this.last.incrementAndGet(), new CompletableFuture<>());
		this.pending.put(proposal.number(), proposal);
		return proposal;
	}

	void end(Proposal proposal, EntryResult result) {
		this.pending.remove(proposal.number());
		proposal.result().complete(result);
	}

	void fail(Proposal proposal, String reason, @Nullable Throwable cause) {
		this.pending.remove(proposal.number());
		proposal.result().completeExceptionally(new ProposalFailedException(reason, cause));
	}

	void failAll(String reason) {
		this.pending.values().forEach((proposal) -> fail(proposal, reason, null));
	}

	/**
	 * An entry that was proposed.
	 */
	record Proposal(long number, CompletableFuture<EntryResult> result) {
	}

}
