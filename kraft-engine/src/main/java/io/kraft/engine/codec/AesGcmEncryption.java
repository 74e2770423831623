package io.kraft.engine.codec;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

import io.kraft.engine.PayloadEncryption;
import io.kraft.engine.journal.PayloadLocation;

/**
 * Encrypts payloads by AES-GCM (NIST SP 800-38D), with a random nonce of 96 bits for
 * each, a tag of 128 bits, and the location of the payload as additional data. The id of
 * the key is in the payload, so that the key that encrypts can be changed while the
 * others are kept for what they have encrypted. Thread-safe.
 * <p>
 * With random nonces a key is good for 2<sup>32</sup> payloads.
 */
public final class AesGcmEncryption implements PayloadEncryption {

	/** The id of this codec, which is recorded with each payload. */
	public static final String ID = "aes-gcm";

	private static final String TRANSFORMATION = "AES/GCM/NoPadding";

	private final EncryptionKeys keys;

	private final boolean required;

	private final SecureRandom random = new SecureRandom();

	/**
	 * A codec with keys.
	 * @param required whether payloads in the store that are not encrypted are refused
	 */
	public AesGcmEncryption(EncryptionKeys keys, boolean required) {
		this.keys = keys;
		this.required = required;
	}

	@Override
	public String id() {
		return ID;
	}

	@Override
	public boolean isRequired() {
		return this.required;
	}

	@Override
	public byte[] encode(byte[] plain, PayloadLocation location) {
		byte[] header = EncryptedPayload.header(this.keys.activeId(), location);
		byte[] nonce = new byte[EncryptedPayload.NONCE_BYTES];
		this.random.nextBytes(nonce);
		try {
			byte[] contents = cipher(Cipher.ENCRYPT_MODE, this.keys.active(), header, nonce).doFinal(plain);
			return ByteBuffer.allocate(header.length + nonce.length + contents.length)
				.put(header)
				.put(nonce)
				.put(contents)
				.array();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("AES-GCM does not work on this Java platform", ex);
		}
	}

	@Override
	public boolean isFor(byte[] wrapped, PayloadLocation location) {
		EncryptedPayload payload = EncryptedPayload.parse(wrapped);
		return payload != null && payload.location().equals(location.toString());
	}

	/**
	 * The contents, if key, header and contents are those that were encrypted.
	 * @throws PayloadDecryptionException if not
	 */
	@Override
	public byte[] decode(byte[] wrapped) {
		EncryptedPayload payload = EncryptedPayload.parse(wrapped);
		if (payload == null) {
			throw new PayloadDecryptionException("it is cut off, or was not encrypted by this codec", null);
		}
		SecretKey key = this.keys.find(payload.keyId());
		if (key == null) {
			throw new PayloadDecryptionException("it was encrypted with the key '" + payload.keyId()
					+ "', which is not one of " + this.keys.ids()
					+ ". Give it in kraft.payloads.encryption.keys: an old key must stay as long as payloads of it",
					null);
		}
		try {
			return cipher(Cipher.DECRYPT_MODE, key, payload.header(), payload.nonce()).doFinal(payload.contents());
		}
		catch (AEADBadTagException ex) {
			throw new PayloadDecryptionException(
					"the key '" + payload.keyId() + "' is not the one that has encrypted it, or it was changed since",
					ex);
		}
		catch (GeneralSecurityException ex) {
			throw new PayloadDecryptionException("AES-GCM does not work on this Java platform", ex);
		}
	}

	private static Cipher cipher(int mode, SecretKey key, byte[] header, byte[] nonce) throws GeneralSecurityException {
		Cipher cipher = Cipher.getInstance(TRANSFORMATION);
		cipher.init(mode, key, new GCMParameterSpec(EncryptedPayload.TAG_BYTES * Byte.SIZE, nonce));
		cipher.updateAAD(header);
		return cipher;
	}

	/**
	 * The ids of the keys.
	 */
	@Override
	public String toString() {
		return ID + " with " + this.keys;
	}

}
