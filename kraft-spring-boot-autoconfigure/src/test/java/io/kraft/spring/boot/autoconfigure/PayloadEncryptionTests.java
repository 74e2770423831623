package io.kraft.spring.boot.autoconfigure;

import java.util.List;
import java.util.stream.Stream;

import io.kraft.engine.PayloadCodec;
import io.kraft.engine.PayloadEncryption;
import io.kraft.engine.journal.PayloadLocation;
import io.kraft.spring.boot.autoconfigure.actuate.KraftSanitizingAutoConfiguration;
import io.kraft.spring.boot.autoconfigure.payload.PayloadProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.actuate.context.properties.ConfigurationPropertiesReportEndpoint;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.env.EnvironmentEndpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class PayloadEncryptionTests {

	private static final String KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

	private static final String OLD_KEY = "ZmVkY2JhOTg3NjU0MzIxMA==";

	private static final String[] ENCRYPTED = { "kraft.payloads.encryption.active-key=2026-12",
			"kraft.payloads.encryption.keys.2026-12=" + KEY, "kraft.payloads.encryption.keys.2025=" + OLD_KEY };

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KraftAutoConfiguration.class, KraftSanitizingAutoConfiguration.class))
		.withPropertyValues("kraft.storage.type=memory");

	@Test
	void nothingIsEncryptedOrCompressedByDefault() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(PayloadCodec.class));
	}

	@Test
	void propertiesEncryptAndCompressBeforeTheCodecsOfTheApplication() {
		this.runner.withPropertyValues(ENCRYPTED)
			.withPropertyValues("kraft.payloads.compression.enabled=true")
			.withUserConfiguration(OwnCodec.class)
			.run((context) -> {
				assertThat(context.getBeanProvider(PayloadCodec.class).orderedStream()).extracting(PayloadCodec::id)
					.startsWith("deflate")
					.contains("own", "aes-gcm");
				assertThat(context.getBean(PayloadEncryption.class))
					.hasToString("aes-gcm with keys [2025, 2026-12], of which '2026-12' encrypts");
			});
	}

	@Test
	void aPayloadThatIsNotEncryptedIsRefusedOnRequest() {
		this.runner.withPropertyValues(ENCRYPTED)
			.run((context) -> assertThat(context.getBean(PayloadEncryption.class).isRequired()).isFalse());
		this.runner.withPropertyValues(ENCRYPTED)
			.withPropertyValues("kraft.payloads.encryption.accept-plain=false")
			.run((context) -> assertThat(context.getBean(PayloadEncryption.class).isRequired()).isTrue());
	}

	@Test
	void anApplicationMayHaveItsOwnEncryption() {
		this.runner.withPropertyValues(ENCRYPTED)
			.withUserConfiguration(OwnEncryption.class)
			.run((context) -> assertThat(context).getBean(PayloadEncryption.class).isInstanceOf(Vault.class));
	}

	@Test
	void noKeyIsInTheEndpointsEvenIfTheyShowValues(CapturedOutput output) {
		this.runner.withPropertyValues(ENCRYPTED)
			.withPropertyValues("KRAFT_PAYLOADS_ENCRYPTION_KEYS_OTHER=" + KEY, "kraft.payloads.encryption.key.a=" + KEY)
			.withPropertyValues("kraft.enabled=false")
			.withUserConfiguration(Properties.class)
			.run((context) -> {
				List<SanitizingFunction> sanitizing = context.getBeanProvider(SanitizingFunction.class)
					.orderedStream()
					.toList();
				String environment = text(new EnvironmentEndpoint(context.getEnvironment(), sanitizing, Show.ALWAYS)
					.environment("kraft.*|KRAFT.*"));
				String properties = text(properties(context, sanitizing));

				assertThat(environment).contains("kraft.payloads.encryption.keys.2026-12").contains("******");
				assertThat(properties).contains("activeKey", "2026-12").contains("******");
				assertThat(List.of(environment, properties, context.getBean(PayloadProperties.class).toString()))
					.allSatisfy((text) -> assertThat(text).doesNotContain(KEY, OLD_KEY));
			});
		assertThat(output).doesNotContain(KEY).doesNotContain(OLD_KEY);
	}

	@ParameterizedTest
	@ValueSource(strings = { "keys.2026-12=" + OLD_KEY + "x", "keys.2026-12=c2hvcnQtc2VjcmV0", "keys=" + KEY })
	void aKeyThatIsNoneIsNotShown(String key, CapturedOutput output) {
		FailureAnalysis analysis = FailedStart.of("kraft.storage.type=memory",
				"kraft.payloads.encryption.active-key=2026-12", "kraft.payloads.encryption." + key);

		assertThat(analysis.getDescription() + analysis.getAction()).contains("key")
			.doesNotContain(KEY, OLD_KEY, "c2hvcnQtc2VjcmV0", "short-secret");
		assertThat(output).doesNotContain(KEY).doesNotContain(OLD_KEY).doesNotContain("c2hvcnQtc2VjcmV0");
	}

	@ParameterizedTest
	@ValueSource(strings = { "active-key=" + KEY, "active-key=" + KEY + ",keys.2026=" + OLD_KEY,
			"active-key=2026,keys.2026=" + KEY + ",accept-plain=" + OLD_KEY, "active-key=2026,keys[" + KEY + "]=2026",
			"active-key=2026,key.2026=" + KEY, "active-key=2026,keys.2026=" + KEY + "${missing}" })
	void aKeyThatCameToTheWrongPropertyIsNotShown(String properties, CapturedOutput output) {
		String[] all = Stream
			.concat(Stream.of("kraft.storage.type=memory"),
					Stream.of(properties.split(",")).map((property) -> "kraft.payloads.encryption." + property))
			.toArray(String[]::new);

		FailureAnalysis analysis = FailedStart.of(all);

		assertThat(analysis.getDescription() + analysis.getAction() + output).contains("payloads")
			.doesNotContain(KEY.replace("=", ""), OLD_KEY);
	}

	@Test
	void keysWithoutAnActiveOneAreRefused() {
		FailureAnalysis analysis = FailedStart.of("kraft.storage.type=memory",
				"kraft.payloads.encryption.keys.2026-12=" + KEY);

		assertThat(analysis.getDescription()).contains("kraft.payloads.encryption.active-key")
			.contains("It must be set, because kraft.payloads.encryption.keys is.")
			.doesNotContain(KEY);
	}

	private static ConfigurationPropertiesReportEndpoint.ConfigurationPropertiesDescriptor properties(
			ApplicationContext context, List<SanitizingFunction> sanitizing) {
		ConfigurationPropertiesReportEndpoint endpoint = new ConfigurationPropertiesReportEndpoint(sanitizing,
				Show.ALWAYS);
		endpoint.setApplicationContext(context);
		return endpoint.configurationProperties();
	}

	private static String text(EnvironmentEndpoint.EnvironmentDescriptor environment) {
		StringBuilder text = new StringBuilder();
		environment.getPropertySources()
			.forEach((source) -> source.getProperties()
				.forEach((name, value) -> text.append(name).append('=').append(value.getValue()).append('\n')));
		return text.toString();
	}

	private static String text(ConfigurationPropertiesReportEndpoint.ConfigurationPropertiesDescriptor properties) {
		return properties.getContexts()
			.values()
			.stream()
			.flatMap((context) -> context.getBeans().values().stream())
			.flatMap((bean) -> Stream.of(bean.getProperties(), bean.getInputs()))
			.map(Object::toString)
			.reduce("", String::concat);
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnCodec {

		@Bean
		PayloadCodec ownCodec() {
			return new KraftAutoConfigurationTests.NoCodec("own");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(PayloadProperties.class)
	static class Properties {

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnEncryption {

		@Bean
		PayloadEncryption vault() {
			return new Vault();
		}

	}

	static final class Vault implements PayloadEncryption {

		@Override
		public String id() {
			return "vault";
		}

		@Override
		public byte[] encode(byte[] plain, PayloadLocation location) {
			return plain;
		}

		@Override
		public boolean isFor(byte[] wrapped, PayloadLocation location) {
			return true;
		}

		@Override
		public boolean isRequired() {
			return false;
		}

		@Override
		public byte[] decode(byte[] wrapped) {
			return wrapped;
		}

	}

}
