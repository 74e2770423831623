package io.kraft.spring.boot.autoconfigure.payload;

import java.util.Map;
import java.util.TreeMap;

import io.kraft.spring.boot.autoconfigure.property.PropertyBounds;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The properties {@code kraft.payloads.*}. Keys are no part of its texts.
 *
 * @param encryption of payloads in the store
 * @param compression of payloads, before their encryption
 */
@ConfigurationProperties("kraft.payloads")
public record PayloadProperties(@DefaultValue Encryption encryption, @DefaultValue Compression compression) {

	/**
	 * Encryption of payloads in the store.
	 *
	 * @param activeKey Id of the key that encrypts new payloads; payloads are encrypted
	 * if it is set.
	 * @param keys Keys by their ids, each of 32 bytes (AES-256) or 16 bytes (AES-128) in
	 * Base64. All of them decrypt: an old one must stay as long as payloads of it are
	 * stored.
	 * @param acceptPlain Whether payloads in the store that are not encrypted are read,
	 * as those that were written before there was a key. Otherwise they pause their run.
	 */
	public record Encryption(@Nullable String activeKey, @DefaultValue Map<String, String> keys,
			@DefaultValue("true") boolean acceptPlain) {

		public Encryption {
			activeKey = (activeKey != null && !activeKey.isBlank()) ? activeKey : null;
			keys = Map.copyOf(keys);
			// It may be the key itself, by mistake.
			PropertyBounds.together("kraft.payloads.encryption.active-key", (activeKey != null) ? "******" : null,
					"kraft.payloads.encryption.keys", !keys.isEmpty());
		}

		@Override
		public String toString() {
			return "Encryption[activeKey=" + this.activeKey + ", keys=" + new TreeMap<>(this.keys).keySet()
					+ ", acceptPlain=" + this.acceptPlain + ']';
		}

	}

	/**
	 * Compression of payloads by Deflate.
	 *
	 * @param enabled Whether payloads are compressed. It must stay so as long as
	 * compressed ones are stored.
	 * @param minSize Smaller payloads are stored as they are. At least 0.
	 */
	public record Compression(@DefaultValue("false") boolean enabled, @DefaultValue("1KB") DataSize minSize) {

		public Compression {
			PropertyBounds.notNegative("kraft.payloads.compression.min-size", minSize);
		}

	}

}
