package io.kraft.engine.codec;

import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

import io.kraft.workflow.InvalidDefinitionException;
import org.jspecify.annotations.Nullable;

/**
 * The keys of AES by their ids: one encrypts, all decrypt. No message and no text of this
 * class has any part of a key. Immutable.
 */
public final class EncryptionKeys {

	/** The ids are in each payload, readable. */
	private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

	/** Of 16 bytes in Base64, without padding. */
	private static final int MIN_KEY_CHARACTERS = 22;

	private static final Set<Integer> LENGTHS = Set.of(16, 32);

	private final String activeId;

	private final Map<String, SecretKey> keys;

	private EncryptionKeys(String activeId, Map<String, SecretKey> keys) {
		this.activeId = activeId;
		this.keys = keys;
	}

	/**
	 * Keys in Base64, of 16 bytes (AES-128) or 32 bytes (AES-256).
	 * @param activeId of the one that encrypts
	 * @param encoded the keys by their ids
	 * @throws InvalidDefinitionException if one is of another length or no Base64, an id
	 * is not of up to 64 letters, digits, dots, dashes and underscores, or the active one
	 * is missing
	 */
	public static EncryptionKeys ofBase64(String activeId, Map<String, String> encoded) {
		Map<String, SecretKey> keys = new TreeMap<>();
		encoded.forEach((id, key) -> keys.put(id, key(id, key)));
		if (!keys.containsKey(activeId)) {
			throw invalid("the active key " + shown(activeId) + " is not one of the keys " + keys.keySet()
					+ ". Give it in kraft.payloads.encryption.keys under that id,"
					+ " or name another one in kraft.payloads.encryption.active-key");
		}
		return new EncryptionKeys(activeId, keys);
	}

	/** A key may be there by mistake, in place of its id. */
	private static String shown(String id) {
		return (id.length() < MIN_KEY_CHARACTERS) ? '\'' + id + '\''
				: "(of " + id.length() + " characters, not shown, because it may be a key)";
	}

	static boolean isId(String id) {
		return ID.matcher(id).matches();
	}

	private static SecretKey key(String id, String encoded) {
		if (!isId(id)) {
			throw invalid("the id " + shown(id) + " of a key is not one of up to 64 letters, digits, '.', '_' and '-'");
		}
		byte[] key;
		try {
			key = Base64.getDecoder().decode(encoded.trim());
		}
		catch (IllegalArgumentException ex) {
			// Without its cause, which shows a part of what was to be decoded.
			throw invalid(
					"the key " + shown(id) + " is not written in Base64. Make one with 'openssl rand -base64 32'");
		}
		if (!LENGTHS.contains(key.length)) {
			throw invalid("the key " + shown(id) + " has " + key.length
					+ " bytes, but must have 32 (AES-256) or 16 (AES-128). Make one with 'openssl rand -base64 32'");
		}
		return new SecretKeySpec(key, "AES");
	}

	private static InvalidDefinitionException invalid(String what) {
		return new InvalidDefinitionException(
				"payloads cannot be encrypted: " + what + ". See docs/reference/errors.md#kraft-1003");
	}

	String activeId() {
		return this.activeId;
	}

	SecretKey active() {
		SecretKey active = this.keys.get(this.activeId);
		if (active == null) {
			throw new IllegalStateException("the active key was checked when the keys were made");
		}
		return active;
	}

	@Nullable SecretKey find(String id) {
		return this.keys.get(id);
	}

	Set<String> ids() {
		return new TreeSet<>(this.keys.keySet());
	}

	/**
	 * The ids of the keys.
	 */
	@Override
	public String toString() {
		return "keys " + this.keys.keySet() + ", of which '" + this.activeId + "' encrypts";
	}

}
