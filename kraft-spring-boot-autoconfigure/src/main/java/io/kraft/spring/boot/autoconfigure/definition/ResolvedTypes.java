package io.kraft.spring.boot.autoconfigure.definition;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Map;

import org.springframework.core.GenericTypeResolver;

/**
 * Types as a class sees them: variables that the class, or one between, has given a type
 * are replaced by it, with all its arguments. Spring itself answers a variable that
 * stands alone with the raw class.
 */
final class ResolvedTypes {

	private final Class<?> userClass;

	@SuppressWarnings("rawtypes") // As Spring has it.
	private final Map<TypeVariable, Type> variables;

	ResolvedTypes(Class<?> userClass) {
		this.userClass = userClass;
		this.variables = GenericTypeResolver.getTypeVariableMap(userClass);
	}

	Type of(Type type) {
		if (type instanceof TypeVariable<?> variable) {
			Type given = this.variables.get(variable);
			if (given != null && !given.equals(variable)) {
				return of(given);
			}
		}
		if (type instanceof GenericArrayType array) {
			return arrayOf(of(array.getGenericComponentType()));
		}
		return GenericTypeResolver.resolveType(type, this.userClass);
	}

	private static Type arrayOf(Type component) {
		return (component instanceof Class<?> plain) ? plain.arrayType() : new ArrayOf(component);
	}

	private record ArrayOf(Type component) implements GenericArrayType {

		@Override
		public Type getGenericComponentType() {
			return this.component;
		}

		@Override
		public String getTypeName() {
			return this.component.getTypeName() + "[]";
		}

	}

}
