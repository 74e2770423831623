package io.kraft.cluster.membership;

import java.util.Arrays;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A member as another one knows it. Also what members claim of each other in messages.
 *
 * @param id who it is
 * @param address by which the transport reaches it
 * @param state whether it answers
 * @param revision which of the claims about it is the newer one: only the member itself
 * raises it. It is what the paper calls the incarnation number
 * @param meta what it says of itself, of up to {@link #MAX_META_BYTES}; not interpreted
 * here
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by contents; copied by its owner.
public record Member(MemberId id, String address, MemberState state, long revision, byte[] meta) {

	/** The most that a member may say of itself. */
	public static final int MAX_META_BYTES = 4096;

	/** The longest address. */
	public static final int MAX_ADDRESS_CHARACTERS = 300;

	/**
	 * Checks the bounds.
	 * @throws IllegalArgumentException if one is not kept
	 */
	public Member {
		if (address.isEmpty() || address.length() > MAX_ADDRESS_CHARACTERS) {
			throw new IllegalArgumentException("an address has 1 to " + MAX_ADDRESS_CHARACTERS
					+ " characters, but that of " + id + " has " + address.length());
		}
		if (meta.length > MAX_META_BYTES) {
			throw new IllegalArgumentException(
					"a member says at most " + MAX_META_BYTES + " bytes of itself, but " + id + " says " + meta.length);
		}
		if (revision < 0) {
			throw new IllegalArgumentException("a revision is 0 or more, but that of " + id + " is " + revision);
		}
	}

	/**
	 * Whether this claim replaces another one about the same member.
	 */
	boolean replaces(Member other) {
		return this.revision > other.revision
				|| (this.revision == other.revision && this.state.compareTo(other.state) > 0);
	}

	Member with(MemberState newState) {
		return new Member(this.id, this.address, newState, this.revision, this.meta);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Member member && this.id.equals(member.id) && this.address.equals(member.address)
				&& this.state == member.state && this.revision == member.revision
				&& Arrays.equals(this.meta, member.meta);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.id, this.state, this.revision);
	}

	@Override
	public String toString() {
		return this.id + " " + this.state + " (revision " + this.revision + ", " + this.address + ")";
	}

}
