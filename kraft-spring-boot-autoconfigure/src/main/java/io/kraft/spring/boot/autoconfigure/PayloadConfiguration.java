package io.kraft.spring.boot.autoconfigure;

import java.util.Objects;

import io.kraft.engine.PayloadEncryption;
import io.kraft.engine.codec.AesGcmEncryption;
import io.kraft.engine.codec.DeflateCompression;
import io.kraft.engine.codec.EncryptionKeys;
import io.kraft.spring.boot.autoconfigure.payload.PayloadProperties;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * The codecs that come with the engine, where properties ask for them. An application may
 * have an encryption of its own.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PayloadProperties.class)
class PayloadConfiguration {

	/** Before the codecs of the application: what is encrypted cannot be compressed. */
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	@ConditionalOnMissingBean
	@ConditionalOnBooleanProperty("kraft.payloads.compression.enabled")
	DeflateCompression kraftPayloadCompression(PayloadProperties payloads, KraftProperties properties) {
		return new DeflateCompression((int) Math.min(payloads.compression().minSize().toBytes(), Integer.MAX_VALUE),
				properties.engine().maxPayloadSize().toBytes());
	}

	@Bean
	@ConditionalOnMissingBean(PayloadEncryption.class)
	@ConditionalOnProperty("kraft.payloads.encryption.active-key")
	AesGcmEncryption kraftPayloadEncryption(PayloadProperties payloads) {
		PayloadProperties.Encryption encryption = payloads.encryption();
		return new AesGcmEncryption(
				EncryptionKeys.ofBase64(Objects.requireNonNullElse(encryption.activeKey(), ""), encryption.keys()),
				!encryption.acceptPlain());
	}

}
