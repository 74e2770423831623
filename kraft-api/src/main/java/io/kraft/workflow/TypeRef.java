package io.kraft.workflow;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * A type with its type arguments, for places where a {@link Class} is not enough:
 * {@code new TypeRef<List<Order>>() {}}.
 *
 * @param <T> the type
 * @since 0.1.0
 */
public abstract class TypeRef<T> {

	private final Type type;

	protected TypeRef() {
		if (!(getClass().getGenericSuperclass() instanceof ParameterizedType parameterized)
				|| parameterized.getRawType() != TypeRef.class) {
			throw new IllegalStateException(
					"A TypeRef is made by an anonymous class with a type argument: new TypeRef<List<Order>>() {}");
		}
		this.type = parameterized.getActualTypeArguments()[0];
	}

	/**
	 * The captured type.
	 */
	public final Type type() {
		return this.type;
	}

	@Override
	public final boolean equals(Object other) {
		return other instanceof TypeRef<?> that && this.type.equals(that.type);
	}

	@Override
	public final int hashCode() {
		return this.type.hashCode();
	}

	@Override
	public final String toString() {
		return this.type.getTypeName();
	}

}
