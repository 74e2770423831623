package io.kraft.spring.boot.autoconfigure.definition;

import java.util.Objects;

/**
 * Packages as the virtual machine knows them: by name and class loader.
 */
final class Packages {

	private Packages() {
	}

	static boolean areSame(Class<?> one, Class<?> other) {
		return one.getPackageName().equals(other.getPackageName())
				&& Objects.equals(one.getClassLoader(), other.getClassLoader());
	}

}
