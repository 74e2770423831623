package io.kraft.engine.journal.failure;

import java.util.List;
import java.util.Set;

import io.kraft.engine.definition.MethodSignature;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * Which recorded type names may become exceptions again. A name is only ever loaded, and
 * no code of its class runs before it is known to be an exception that is allowed.
 */
final class RestorableTypes {

	private static final Set<String> KRAFT_PACKAGES = Set.of("io.kraft.workflow", "io.kraft.client");

	private static final String SPRING = "org.springframework.";

	private static final RestorableTypes COMMON = new RestorableTypes(List.of(), null);

	private final List<Class<? extends Throwable>> declared;

	private final @Nullable ClassLoader loader;

	private RestorableTypes(List<Class<? extends Throwable>> declared, @Nullable ClassLoader loader) {
		this.declared = declared;
		this.loader = loader;
	}

	/**
	 * Those that the method declares, with their subclasses, the runtime exceptions of
	 * Spring, and the common ones.
	 */
	static RestorableTypes of(MethodSignature signature) {
		return new RestorableTypes(signature.exceptionTypes(), signature.classLoader());
	}

	/**
	 * The exceptions of the JDK and of Kraft.
	 */
	static RestorableTypes common() {
		return COMMON;
	}

	/**
	 * The type to restore; null if it is unknown here or not allowed.
	 */
	@Nullable Class<? extends Throwable> find(String name) {
		Class<? extends Throwable> common = load(name, KraftException.class.getClassLoader());
		if (common != null && isCommon(common)) {
			return isForbidden(common) ? null : common;
		}
		Class<? extends Throwable> type = (this.loader != null) ? load(name, this.loader) : null;
		if (type == null || isForbidden(type)) {
			return null;
		}
		if (isOfSpring(type)) {
			return type;
		}
		return this.declared.stream().anyMatch((exception) -> exception.isAssignableFrom(type)) ? type : null;
	}

	private static @Nullable Class<? extends Throwable> load(String name, @Nullable ClassLoader loader) {
		try {
			Class<?> type = Class.forName(name, false, loader);
			return Throwable.class.isAssignableFrom(type) ? type.asSubclass(Throwable.class) : null;
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return null;
		}
	}

	private static boolean isCommon(Class<?> type) {
		if (type.getName().startsWith("java.") || type.getName().startsWith("javax.")) {
			return type.getClassLoader() == null || type.getClassLoader().equals(ClassLoader.getPlatformClassLoader());
		}
		return KRAFT_PACKAGES.contains(type.getPackageName()) || isOfSpring(type);
	}

	/** Its runtime exceptions are what a step throws without declaring it. */
	private static boolean isOfSpring(Class<?> type) {
		return type.getName().startsWith(SPRING) && RuntimeException.class.isAssignableFrom(type);
	}

	// Thrown again they would look as if this virtual machine were out of memory now, or
	// lacked a class, which pauses a run, again at each replay; or end the thread without
	// a word.
	private static boolean isForbidden(Class<? extends Throwable> type) {
		return VirtualMachineError.class.isAssignableFrom(type) || LinkageError.class.isAssignableFrom(type)
				|| type.getName().equals("java.lang.ThreadDeath");
	}

}
