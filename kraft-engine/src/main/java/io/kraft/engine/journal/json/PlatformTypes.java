package io.kraft.engine.journal.json;

/**
 * Distinguishes the classes of the JDK from those of applications and libraries.
 */
final class PlatformTypes {

	private PlatformTypes() {
	}

	static boolean contains(Class<?> type) {
		ClassLoader loader = type.getClassLoader();
		return loader == null || loader.equals(ClassLoader.getPlatformClassLoader());
	}

}
