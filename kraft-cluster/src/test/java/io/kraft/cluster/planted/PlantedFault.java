package io.kraft.cluster.planted;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import org.jspecify.annotations.Nullable;

/**
 * A fault planted in one class of this module: its source is changed at one place and
 * compiled, and a {@link Runnable} of the tests is executed in a class loader that has
 * the changed class. A place that is not there exactly once fails the test, so that no
 * fault is planted into nothing.
 *
 * @param description what is wrong then
 * @param className of the changed class
 * @param original text that is replaced
 * @param changed what takes its place
 */
public record PlantedFault(String description, String className, String original, String changed) {

	private static final Path SOURCES = Path.of("src/main/java");

	private static final String MODULE = "io.kraft.cluster.";

	/**
	 * Executes a check of the tests with the fault.
	 * @param check has a constructor without arguments; throws an {@link AssertionError}
	 * or another exception if it catches something
	 * @return what was caught; null if the check passed
	 */
	public @Nullable Throwable caughtBy(Class<? extends Runnable> check) {
		try {
			Class<?> type = new FaultyLoader(compile()).loadClass(check.getName());
			Constructor<?> constructor = type.getDeclaredConstructor();
			constructor.setAccessible(true);
			((Runnable) constructor.newInstance()).run();
			return null;
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(this.description, ex);
		}
		catch (LinkageError ex) {
			throw new IllegalStateException("the planted class does not fit: " + this.description, ex);
		}
		catch (Throwable ex) {
			return ex;
		}
	}

	private Map<String, byte[]> compile() {
		String source = changedSource();
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		Map<String, ByteArrayOutputStream> classes = new HashMap<>();
		StringWriter messages = new StringWriter();
		try (JavaFileManager files = new InMemory(compiler.getStandardFileManager(null, null, null), classes)) {
			boolean isCompiled = compiler
				.getTask(messages, files, null, List.of("-proc:none", "-nowarn", "--release", "21"), null,
						List.of(new Source(this.className, source)))
				.call();
			if (!isCompiled) {
				throw new IllegalStateException("the planted fault does not compile: " + this + "\n" + messages);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Map<String, byte[]> bytes = new HashMap<>();
		classes.forEach((name, written) -> bytes.put(name, written.toByteArray()));
		return bytes;
	}

	private String changedSource() {
		try {
			String source = Files.readString(SOURCES.resolve(this.className.replace('.', '/') + ".java"));
			int at = source.indexOf(this.original);
			if (at < 0 || source.indexOf(this.original, at + 1) >= 0) {
				throw new IllegalStateException("not once in " + this.className + ": " + this.original);
			}
			return source.replace(this.original, this.changed);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static final class Source extends SimpleJavaFileObject {

		private final String text;

		Source(String name, String text) {
			super(URI.create("string:///" + name.replace('.', '/') + Kind.SOURCE.extension), Kind.SOURCE);
			this.text = text;
		}

		@Override
		public CharSequence getCharContent(boolean ignoreEncodingErrors) {
			return this.text;
		}

	}

	private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {

		private final Map<String, ByteArrayOutputStream> classes;

		InMemory(JavaFileManager files, Map<String, ByteArrayOutputStream> classes) {
			super(files);
			this.classes = classes;
		}

		@Override
		public JavaFileObject getJavaFileForOutput(Location location, String name, JavaFileObject.Kind kind,
				@Nullable FileObject sibling) {
			return new SimpleJavaFileObject(URI.create("mem:///" + name), kind) {

				@Override
				public OutputStream openOutputStream() {
					ByteArrayOutputStream out = new ByteArrayOutputStream();
					InMemory.this.classes.put(name, out);
					return out;
				}

			};
		}

	}

	/** Has classes of this module of its own, the changed ones among them. */
	private static final class FaultyLoader extends ClassLoader {

		private final Map<String, byte[]> changed;

		FaultyLoader(Map<String, byte[]> changed) {
			super(PlantedFault.class.getClassLoader());
			this.changed = changed;
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			if (!name.startsWith(MODULE)) {
				return super.loadClass(name, resolve);
			}
			synchronized (getClassLoadingLock(name)) {
				Class<?> loaded = findLoadedClass(name);
				if (loaded == null) {
					byte[] bytes = bytes(name);
					loaded = defineClass(name, bytes, 0, bytes.length);
				}
				return loaded;
			}
		}

		private byte[] bytes(String name) throws ClassNotFoundException {
			byte[] bytes = this.changed.get(name);
			if (bytes != null) {
				return bytes;
			}
			try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
				if (in == null) {
					throw new ClassNotFoundException(name);
				}
				return in.readAllBytes();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
