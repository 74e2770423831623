package io.kraft.engine.planted;

import java.util.List;
import java.util.function.UnaryOperator;

import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.MemberSubstitution;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType.Builder;
import net.bytebuddy.dynamic.TypeResolutionStrategy;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.implementation.ExceptionMethod;
import net.bytebuddy.implementation.FixedValue;
import net.bytebuddy.implementation.StubMethod;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.pool.TypePool;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.nameStartsWith;
import static net.bytebuddy.matcher.ElementMatchers.none;

/**
 * What is done to one class of the engine. A method is meant together with the lambdas
 * inside it. Where there is no such method or call any more, nothing is done, and nothing
 * is caught.
 *
 * @param type name of the class, below the engine's package
 * @param change of its methods
 */
@SuppressWarnings("BadImport") // There is only one builder, and only one kind of fault.
record Surgery(String type, UnaryOperator<Builder<?>> change) {

	private static final String ROOT = "io.kraft.engine.";

	/** A method does nothing, and answers nothing, zero, or false. */
	static Surgery empty(String type, String method) {
		return new Surgery(type, (builder) -> builder.method(body(method)).intercept(StubMethod.INSTANCE));
	}

	/** A method does nothing, and answers this. */
	static Surgery constant(String type, String method, Object value) {
		return new Surgery(type, (builder) -> builder.method(body(method)).intercept(FixedValue.value(value)));
	}

	/** A method throws. */
	static Surgery failing(String type, String method, Class<? extends Throwable> failure) {
		return new Surgery(type,
				(builder) -> builder.method(body(method)).intercept(ExceptionMethod.throwing(failure)));
	}

	/**
	 * A method leaves out its calls of another one: nothing, zero, or false comes back.
	 */
	static Surgery without(String type, String method, String called) {
		return new Surgery(type,
				(builder) -> builder.visit(MemberSubstitution.relaxed().method(named(called)).stub().on(body(method))));
	}

	/** A method reads a field as nothing, zero, or false. */
	static Surgery unread(String type, String method, String field) {
		return new Surgery(type, (builder) -> builder
			.visit(MemberSubstitution.relaxed().field(named(field)).onRead().stub().on(body(method))));
	}

	/** A method does not write a field. */
	static Surgery unwritten(String type, String method, String field) {
		return new Surgery(type, (builder) -> builder
			.visit(MemberSubstitution.relaxed().field(named(field)).onWrite().stub().on(body(method))));
	}

	/**
	 * A method calls one of {@link Answers} in place of another one.
	 * @param answer gets what that would have got, the receiver first
	 */
	static Surgery instead(String type, String method, String called, String answer, Class<?>... parameters) {
		try {
			MemberSubstitution substitution = MemberSubstitution.relaxed()
				.method(named(called))
				.replaceWith(Answers.class.getMethod(answer, parameters));
			return new Surgery(type, (builder) -> builder.visit(substitution.on(body(method))));
		}
		catch (NoSuchMethodException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	private static ElementMatcher.Junction<MethodDescription> body(String method) {
		return named(method).or(nameStartsWith("lambda$" + method + "$"));
	}

	/**
	 * The name of the class.
	 */
	String typeName() {
		return ROOT + this.type;
	}

	/**
	 * A class after several of them.
	 */
	static byte[] perform(List<Surgery> surgeries) {
		ClassFileLocator locator = ClassFileLocator.ForClassLoader.of(Surgery.class.getClassLoader());
		TypePool pool = TypePool.Default.of(locator);
		String type = surgeries.getFirst().typeName();
		Builder<?> builder = new ByteBuddy().with(TypeValidation.DISABLED)
			.ignore(none())
			.redefine(pool.describe(type).resolve(), locator);
		for (Surgery surgery : surgeries) {
			builder = surgery.change.apply(builder);
		}
		return builder.make(TypeResolutionStrategy.Passive.INSTANCE, pool).getBytes();
	}

}
