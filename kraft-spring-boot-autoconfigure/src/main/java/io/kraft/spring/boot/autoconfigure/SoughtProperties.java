package io.kraft.spring.boot.autoconfigure;

import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.handler.IgnoreErrorsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * The names that a binding looks for, whether or not it finds a value, and a valid one.
 */
final class SoughtProperties extends IgnoreErrorsBindHandler {

	private final Set<ConfigurationPropertyName> names = new HashSet<>();

	@Override
	public <T> @Nullable Bindable<T> onStart(ConfigurationPropertyName name, Bindable<T> target, BindContext context) {
		this.names.add(name);
		return super.onStart(name, target, context);
	}

	/**
	 * The names so far.
	 */
	Set<ConfigurationPropertyName> names() {
		return this.names;
	}

}
