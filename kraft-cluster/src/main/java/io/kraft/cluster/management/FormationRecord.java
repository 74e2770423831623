package io.kraft.cluster.management;

import io.kraft.cluster.membership.MemberId;
import org.jspecify.annotations.Nullable;

/**
 * What a node must not forget while there is no cluster: written and synced in its
 * {@code node.json} before anything that follows from it is sent.
 *
 * @param promisedTo whom it lets form a cluster; null if it has promised nothing yet
 * @param clusterId the cluster that it has formed or joined; null if there is none
 */
public record FormationRecord(@Nullable MemberId promisedTo, @Nullable String clusterId) {

	/** Of a new data directory. */
	public static final FormationRecord FRESH = new FormationRecord(null, null);

}
