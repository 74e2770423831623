package io.kraft.spring.boot.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Principal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Who sends a request.
 *
 * @param principal null if the caller is not authenticated
 * @param peer the address that the request comes from, as the server sees it; null if it
 * is unknown
 * @param isLocal whether the connection comes from this machine, and names no proxy
 * @param isSessionOver whether the session has ended that authenticates the caller
 */
public record Caller(@Nullable Principal principal, @Nullable String peer, boolean isLocal,
		BooleanSupplier isSessionOver) {

	/** What is no name that would be looked up. */
	private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9a-fA-F.]*:[0-9a-fA-F:.]*(%\\w+)?");

	/** One subscriber has that many bytes of addresses of IPv6. */
	private static final int NETWORK_BYTES = 8;

	/**
	 * The caller of a request.
	 * @param local address of this machine that the connection was made to: it is not
	 * what headers of a proxy say
	 * @param asSent whether a header was sent, be it that a filter has removed it since
	 */
	public static Caller of(@Nullable Principal principal, @Nullable String peer, @Nullable String local,
			Predicate<String> asSent, BooleanSupplier isSessionOver) {
		boolean isLocal = isLoopback(peer) && isLoopback(local) && ForwardedHeaders.NAMES.stream().noneMatch(asSent);
		return new Caller(principal, peer, isLocal, isSessionOver);
	}

	/**
	 * The same caller, who is authenticated until a time at most.
	 */
	Caller until(Instant end, InstantSource clock) {
		return new Caller(this.principal, this.peer, this.isLocal,
				() -> this.isSessionOver.getAsBoolean() || !clock.instant().isBefore(end));
	}

	private static boolean isLoopback(@Nullable String address) {
		InetAddress parsed = parsed(address);
		return parsed != null && parsed.isLoopbackAddress();
	}

	private static @Nullable InetAddress parsed(@Nullable String address) {
		try {
			return (address != null && LITERAL.matcher(address).matches()) ? InetAddress.getByName(address) : null;
		}
		catch (UnknownHostException ex) {
			return null;
		}
	}

	/**
	 * What limits count: the authenticated user, or else the network of the peer.
	 */
	String key() {
		if (this.principal != null) {
			return "user " + this.principal.getName();
		}
		InetAddress address = parsed(this.peer);
		byte[] bytes = (address != null) ? address.getAddress() : new byte[0];
		return (bytes.length > NETWORK_BYTES)
				? "network " + HexFormat.of().formatHex(Arrays.copyOf(bytes, NETWORK_BYTES)) : "peer " + this.peer;
	}

}
