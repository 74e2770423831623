package io.kraft.spring.boot.autoconfigure.definition;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.springframework.core.GenericTypeResolver;
import org.springframework.core.ResolvableType;

/**
 * Types as a class sees them: variables that the class, or one between, has given a type
 * are replaced by it, with all its arguments, however many classes are between. Spring
 * itself answers a variable that stands alone with the raw class, and replaces once.
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
		return of(type, Set.of());
	}

	/**
	 * @param open variables that are being replaced: a bound may name itself
	 */
	private Type of(Type type, Set<TypeVariable<?>> open) {
		return switch (type) {
			case TypeVariable<?> variable -> ofVariable(variable, open);
			case GenericArrayType array -> arrayOf(of(array.getGenericComponentType(), open));
			case ParameterizedType parameterized -> ofParameterized(parameterized, open);
			case WildcardType wildcard -> ofWildcard(wildcard, open);
			default -> GenericTypeResolver.resolveType(type, this.userClass);
		};
	}

	private Type ofVariable(TypeVariable<?> variable, Set<TypeVariable<?>> open) {
		Type given = this.variables.get(variable);
		if (given == null || given.equals(variable)) {
			return GenericTypeResolver.resolveType(variable, this.userClass);
		}
		if (open.contains(variable)) {
			return ResolvableType.forType(given).resolve(Object.class);
		}
		Set<TypeVariable<?>> inside = new HashSet<>(open);
		inside.add(variable);
		return of(given, inside);
	}

	private Type ofParameterized(ParameterizedType type, Set<TypeVariable<?>> open) {
		Type[] arguments = Arrays.stream(type.getActualTypeArguments())
			.map((argument) -> this.variables.containsKey(argument) || !(argument instanceof TypeVariable<?>)
					? of(argument, open) : argument)
			.toArray(Type[]::new);
		if (Arrays.equals(arguments, type.getActualTypeArguments())) {
			return type;
		}
		ResolvableType[] generics = Arrays.stream(arguments)
			.map(ResolvableType::forType)
			.toArray(ResolvableType[]::new);
		return ResolvableType.forClassWithGenerics((Class<?>) type.getRawType(), generics).getType();
	}

	private Type ofWildcard(WildcardType wildcard, Set<TypeVariable<?>> open) {
		Type bound = (wildcard.getLowerBounds().length > 0) ? wildcard.getLowerBounds()[0]
				: wildcard.getUpperBounds()[0];
		Type resolved = of(bound, open);
		return resolved.equals(bound) ? wildcard : resolved;
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
