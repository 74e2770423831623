package io.kraft.spring.boot.autoconfigure.actuate;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.util.function.SingletonSupplier;

/**
 * Hides keys of payloads: properties of keys by their names, and every other value by
 * what it contains, since placeholders take keys from anywhere, and a command line has
 * them among other things. Thread-safe.
 */
final class EncryptionKeySanitizer implements SanitizingFunction {

	private static final String KEYS = "kraftpayloadsencryptionkey";

	private final Supplier<Set<KeyText>> keys;

	/**
	 * For the keys of an environment, which is read when the first value is shown.
	 */
	EncryptionKeySanitizer(ConfigurableEnvironment environment) {
		this.keys = SingletonSupplier.of(() -> keys(environment));
	}

	@Override
	public SanitizableData apply(SanitizableData data) {
		return (isKey(data.getKey()) || containsKey(data.getValue())) ? data.withSanitizedValue() : data;
	}

	/**
	 * In every spelling, environment variables included, and in a misspelt one.
	 */
	private static boolean isKey(String name) {
		return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "").startsWith(KEYS);
	}

	private boolean containsKey(@Nullable Object value) {
		String text = switch (value) {
			case null -> "";
			case char[] characters -> new String(characters);
			default -> value.toString();
		};
		return text.length() >= KeyText.MIN_PART && this.keys.get().stream().anyMatch((key) -> key.isShownBy(text));
	}

	/**
	 * Those of all sources: one that another source overrides may still decrypt what is
	 * stored.
	 */
	private static Set<KeyText> keys(ConfigurableEnvironment environment) {
		return environment.getPropertySources()
			.stream()
			.filter(EnumerablePropertySource.class::isInstance)
			.map((source) -> (EnumerablePropertySource<?>) source)
			.flatMap((source) -> Arrays.stream(source.getPropertyNames())
				.filter(EncryptionKeySanitizer::isKey)
				.map((name) -> KeyText.of(resolved(environment, source, name))))
			.filter(KeyText::isKey)
			.collect(Collectors.toUnmodifiableSet());
	}

	private static String resolved(ConfigurableEnvironment environment, PropertySource<?> source, String name) {
		String value = String.valueOf(source.getProperty(name));
		try {
			return environment.resolvePlaceholders(value);
		}
		catch (IllegalArgumentException ex) {
			return value; // Placeholders in a circle lead to no key.
		}
	}

}
