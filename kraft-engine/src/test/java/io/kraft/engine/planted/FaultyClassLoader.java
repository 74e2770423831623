package io.kraft.engine.planted;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Loads Kraft anew, its tests included, with some classes changed; everything else is its
 * parent's.
 */
final class FaultyClassLoader extends ClassLoader {

	static {
		registerAsParallelCapable();
	}

	private final Map<String, byte[]> changed;

	FaultyClassLoader(Map<String, byte[]> changed, ClassLoader parent) {
		super(parent);
		this.changed = changed;
	}

	@Override
	protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
		if (!name.startsWith("io.kraft.")) {
			return super.loadClass(name, resolve);
		}
		synchronized (getClassLoadingLock(name)) {
			Class<?> loaded = findLoadedClass(name);
			return (loaded != null) ? loaded : define(name);
		}
	}

	private Class<?> define(String name) throws ClassNotFoundException {
		byte[] bytes = bytes(name);
		if (bytes == null) {
			throw new ClassNotFoundException(name);
		}
		return defineClass(name, bytes, 0, bytes.length, FaultyClassLoader.class.getProtectionDomain());
	}

	private byte @Nullable [] bytes(String name) throws ClassNotFoundException {
		byte[] bytes = this.changed.get(name);
		if (bytes != null) {
			return bytes;
		}
		try (InputStream stream = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
			return (stream != null) ? stream.readAllBytes() : null;
		}
		catch (IOException ex) {
			throw new ClassNotFoundException(name, ex);
		}
	}

}
