package io.kraft.spring.boot.autoconfigure.selfinvocation;

import java.io.InputStream;

import org.jspecify.annotations.Nullable;

/**
 * Class files as the class loaders have them.
 */
final class ClassFiles {

	private ClassFiles() {
	}

	/**
	 * The bytes of a class.
	 * @return null if its loader has none, as for a class made at run time
	 */
	static @Nullable InputStream open(Class<?> type) {
		return open(type.getName().replace('.', '/'), type.getClassLoader());
	}

	static @Nullable InputStream open(String internalName, @Nullable ClassLoader loader) {
		String resource = internalName + ".class";
		return (loader != null) ? loader.getResourceAsStream(resource)
				: ClassLoader.getSystemResourceAsStream(resource);
	}

}
