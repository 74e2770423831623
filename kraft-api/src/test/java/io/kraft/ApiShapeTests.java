package io.kraft;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

import io.kraft.client.Page;
import io.kraft.client.RunOperations;
import io.kraft.client.WorkflowHandle;
import io.kraft.workflow.TypeRef;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * What the public types have in common, so that who knows one of them knows the others.
 */
class ApiShapeTests {

	@Test
	void eachMethodThatTakesTheClassOfAPayloadHasATwinThatTakesItsTypeRef() throws Exception {
		List<Method> methods = methods().filter((method) -> twin(method).contains("TypeRef<")).toList();

		assertThat(methods).hasSizeGreaterThan(9)
			.allSatisfy((method) -> assertThat(Arrays.stream(method.getDeclaringClass().getMethods())
				.filter((other) -> other.getName().equals(method.getName()))
				.map((other) -> Arrays.stream(other.getGenericParameterTypes())
					.map(Type::getTypeName)
					.toList()
					.toString()))
				.as(method.toGenericString())
				.contains(twin(method)));
	}

	/** The types of its parameters, as its twin has them. */
	private static String twin(Method method) {
		return Arrays.stream(method.getGenericParameterTypes())
			.map((type) -> isPayloadClass(type)
					? TypeRef.class.getName() + type.getTypeName().substring(Class.class.getName().length())
					: type.getTypeName())
			.toList()
			.toString();
	}

	private static boolean isPayloadClass(Type type) {
		return type instanceof ParameterizedType parameterized && parameterized.getRawType() == Class.class
				&& parameterized.getActualTypeArguments()[0] instanceof TypeVariable<?>;
	}

	@Test
	void eachOperationOfARunIsOneOfItsHandle() {
		List<Method> operations = runOperations().toList();

		assertThat(operations).hasSizeGreaterThan(12).allSatisfy((operation) -> {
			Class<?>[] types = operation.getParameterTypes();
			assertThat(WorkflowHandle.class.getMethod(operation.getName(), Arrays.copyOfRange(types, 1, types.length)))
				.isNotNull();
		});
	}

	static Stream<Method> runOperations() {
		return Arrays.stream(RunOperations.class.getDeclaredMethods())
			.filter((method) -> method.getParameters()[0].getName().equals("id"));
	}

	@Test
	void noComponentOfARecordIsOptionalButTheCursorOfAPage() throws Exception {
		assertThat(PublicApiTests.types()
			.filter(Class::isRecord)
			.flatMap((type) -> Arrays.stream(type.getRecordComponents()))
			.filter((component) -> List.<Class<?>>of(Optional.class, OptionalInt.class).contains(component.getType())))
			.extracting(RecordComponent::getDeclaringRecord, RecordComponent::getName)
			.containsExactly(tuple(Page.class, "nextCursor"));
	}

	private static Stream<Method> methods() throws IOException, URISyntaxException {
		return PublicApiTests.types()
			.flatMap((type) -> Arrays.stream(type.getDeclaredMethods()))
			.filter((method) -> Modifier.isPublic(method.getModifiers()));
	}

}
