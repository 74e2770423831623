package io.kraft.cluster.replication;

import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * The replicated log of one group, at this node. Thread-safe.
 */
public interface ReplicatedLog {

	/**
	 * Proposes an entry.
	 * @return completes when the replica of this node has applied it; fails with a
	 * {@link ProposalFailedException} when that cannot be known: the entry may be applied
	 * later all the same, and must not be proposed again
	 */
	CompletionStage<EntryResult> propose(byte[] entry);

	/**
	 * Who leads.
	 */
	Leadership leadership();

	/**
	 * Whether this node certainly leads in a term: no other node can have led at the
	 * moment of the call.
	 * @return completes with false when that is not certain, never exceptionally
	 */
	CompletionStage<Boolean> confirm(long term);

	/**
	 * Hands leadership over.
	 * @return fails if the peer does not lead within some seconds
	 */
	CompletionStage<Void> transferTo(Peer peer);

	/**
	 * Changes the members; only the leader can.
	 * @param from the present ones: nothing happens if they are others
	 * @return completes when a majority of both has the change
	 */
	CompletionStage<Void> changePeers(Set<Peer> from, Set<Peer> to);

	/**
	 * Has the replica of this node make a checkpoint, so that the log before it can be
	 * removed.
	 */
	CompletionStage<Void> snapshot();

}
