package io.kraft.spring.boot.autoconfigure.selfinvocation;

import java.lang.reflect.Method;
import java.util.Set;
import java.util.stream.Collectors;

import io.kraft.spring.boot.autoconfigure.definition.DurableType;

import org.springframework.asm.Type;
import org.springframework.cglib.proxy.CallbackFilter;

/**
 * Chooses the methods that a generated subclass overrides. It holds names and not
 * classes, since CGLIB keeps it with the generated class.
 *
 * @param methods names with descriptors
 */
record DurableMethodFilter(Set<String> methods) implements CallbackFilter {

	static final int DURABLE = 0;

	static final int OTHER = 1;

	static DurableMethodFilter of(DurableType type) {
		return new DurableMethodFilter(type.methods()
			.stream()
			.map((method) -> signatureOf(method.method()))
			.collect(Collectors.toUnmodifiableSet()));
	}

	static String signatureOf(Method method) {
		return method.getName() + Type.getMethodDescriptor(method);
	}

	@Override
	public int accept(Method method) {
		return this.methods.contains(signatureOf(method)) ? DURABLE : OTHER;
	}

}
