package io.kraft.cluster.management;

import java.util.Objects;

import io.kraft.cluster.membership.Member;
import io.kraft.cluster.membership.MemberId;

/**
 * A member, as the cluster has recorded it.
 *
 * @param id who it is
 * @param address by which it is reached; another one is another member
 * @param zone empty if it has none
 * @param order in which members joined
 * @param minFormat the oldest format that it writes
 * @param maxFormat the newest format that it reads
 * @param draining whether it hands over what it leads and takes nothing new
 * @param leaving whether its replicas are to go
 */
public record MemberRecord(MemberId id, String address, String zone, long order, int minFormat, int maxFormat,
		boolean draining, boolean leaving) {

	private static final int MAX_ZONE_CHARACTERS = 100;

	/**
	 * Checks the bounds.
	 * @throws IllegalArgumentException if one is not kept
	 */
	public MemberRecord {
		Objects.requireNonNull(id);
		if (address.isEmpty() || address.length() > Member.MAX_ADDRESS_CHARACTERS
				|| zone.length() > MAX_ZONE_CHARACTERS) {
			throw new IllegalArgumentException("an address has 1 to " + Member.MAX_ADDRESS_CHARACTERS
					+ " characters and a zone up to " + MAX_ZONE_CHARACTERS + ", those of " + id + " do not");
		}
		if (minFormat < 1 || maxFormat < minFormat) {
			throw new IllegalArgumentException(
					"formats are from 1 on, those of " + id + " are " + minFormat + " to " + maxFormat);
		}
	}

	MemberRecord draining(boolean isDraining) {
		return new MemberRecord(this.id, this.address, this.zone, this.order, this.minFormat, this.maxFormat,
				isDraining, this.leaving);
	}

	MemberRecord asLeaving() {
		return new MemberRecord(this.id, this.address, this.zone, this.order, this.minFormat, this.maxFormat,
				this.draining, true);
	}

}
