package io.kraft.spring.boot.autoconfigure.selfinvocation;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.kraft.spring.boot.autoconfigure.definition.DurableMethod;
import io.kraft.spring.boot.autoconfigure.definition.DurableType;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.SpringAsmInfo;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Finds the calls of durable methods on {@code this} in the class files of a class, its
 * superclasses and interfaces, and the classes nested in them. Calls on another object of
 * the class, such as the bean injected into itself, do not count.
 */
final class SelfInvocationScan {

	private static final Log logger = LogFactory.getLog(SelfInvocationScan.class);

	private final DurableType type;

	private final Map<String, Method> callees = new HashMap<>();

	private final Set<String> outerThisTypes = new HashSet<>();

	private final Set<String> visited = new HashSet<>();

	private final Set<SelfInvocationSite> sites = new LinkedHashSet<>();

	SelfInvocationScan(DurableType type) {
		this.type = type;
		ReflectionUtils.doWithMethods(type.userClass(), (method) -> {
			DurableMethod durable = type.find(method);
			if (durable != null) {
				this.callees.put(DurableMethodFilter.signatureOf(method), durable.method());
			}
		});
	}

	List<SelfInvocationSite> run() {
		Set<Class<?>> classes = new LinkedHashSet<>();
		for (Class<?> type = this.type.userClass(); type != null && type != Object.class; type = type.getSuperclass()) {
			classes.add(type);
		}
		classes.addAll(ClassUtils.getAllInterfacesForClassAsSet(this.type.userClass()));
		classes.forEach((type) -> this.outerThisTypes.add(type.descriptorString()));
		classes.forEach((type) -> read(type.getName().replace('.', '/'), type.getClassLoader(), true));
		return List.copyOf(this.sites);
	}

	private void read(String internalName, @Nullable ClassLoader loader, boolean isOwn) {
		if (!this.visited.add(internalName) || internalName.startsWith("java/")) {
			return;
		}
		try (InputStream bytes = ClassFiles.open(internalName, loader)) {
			if (bytes != null) {
				new ClassReader(bytes).accept(new ClassScan(internalName, loader, isOwn), ClassReader.SKIP_FRAMES);
			}
		}
		catch (IOException | RuntimeException ex) {
			// Such as a class file of a newer Java: what cannot be read is not refused.
			logger.debug("Cannot read the class file of " + internalName, ex);
		}
	}

	private final class ClassScan extends ClassVisitor {

		private final String name;

		private final @Nullable ClassLoader loader;

		private final boolean isOwn;

		ClassScan(String name, @Nullable ClassLoader loader, boolean isOwn) {
			super(SpringAsmInfo.ASM_VERSION);
			this.name = name;
			this.loader = loader;
			this.isOwn = isOwn;
		}

		@Override
		public void visitInnerClass(String inner, @Nullable String outer, @Nullable String simpleName, int access) {
			if (inner.startsWith(this.name + "$") && (access & Opcodes.ACC_STATIC) == 0) {
				read(inner, this.loader, false);
			}
		}

		@Override
		public @Nullable MethodVisitor visitMethod(int access, String method, String descriptor,
				@Nullable String signature, String @Nullable [] exceptions) {
			boolean isPlain = (access & Opcodes.ACC_BRIDGE) != 0 || method.equals("<init>");
			if (isPlain) {
				return null;
			}
			boolean isStatic = (access & Opcodes.ACC_STATIC) != 0;
			return new SelfInvocationVisitor(this.isOwn && !isStatic, this::isOuterThis,
					(callee, line, isSpecial) -> add(callee, method, method + descriptor, line, isSpecial));
		}

		private boolean isOuterThis(String field) {
			return !this.isOwn && field.startsWith("this$")
					&& SelfInvocationScan.this.outerThisTypes.contains(field.substring(field.indexOf('L')));
		}

		private void add(String calleeSignature, String caller, String callerSignature, int line, boolean isSpecial) {
			Method callee = SelfInvocationScan.this.callees.get(calleeSignature);
			// A method that calls the one it overrides continues the same call.
			if (callee != null && !(isSpecial && calleeSignature.equals(callerSignature))) {
				SelfInvocationScan.this.sites.add(new SelfInvocationSite(callee, place(caller, line), isSpecial));
			}
		}

		private String place(String caller, int line) {
			String shortName = this.name.substring(this.name.lastIndexOf('/') + 1).replace('$', '.');
			String[] lambda = caller.split("\\$", -1);
			String method = (caller.startsWith("lambda$") && lambda.length > 2) ? lambda[1] : caller;
			return shortName + "." + method + ((line > 0) ? " (line " + line + ")" : "");
		}

	}

}
