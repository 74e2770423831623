package io.kraft.spring.boot.autoconfigure.definition;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Component;
import org.springframework.util.ClassUtils;

/**
 * The classes of one application context, each read once. Its lifecycle is that of the
 * context, so that a restarted application (devtools) is not kept in memory. Thread-safe.
 */
public final class DurableTypes {

	private static final Log logger = LogFactory.getLog(DurableTypes.class);

	private final Map<Class<?>, DurableType> types = new ConcurrentHashMap<>();

	/**
	 * The durable methods of a class, which may be one that was generated from the user's
	 * class.
	 */
	public DurableType of(Class<?> beanClass) {
		return this.types.computeIfAbsent(ClassUtils.getUserClass(beanClass), DurableTypes::read);
	}

	private static DurableType read(Class<?> userClass) {
		if (isOfTheFramework(userClass)) {
			return DurableType.none(userClass);
		}
		try {
			return DurableType.of(userClass);
		}
		catch (IllegalStateException | LinkageError ex) {
			// As Spring does: a class that refers to an absent one can still be a bean.
			logger.debug("Cannot read the methods of " + userClass.getName(), ex);
			return DurableType.none(userClass);
		}
	}

	private static boolean isOfTheFramework(Class<?> type) {
		String name = type.getName();
		return name.startsWith("java.") || (name.startsWith("org.springframework.")
				&& !AnnotatedElementUtils.isAnnotated(type, Component.class));
	}

}
