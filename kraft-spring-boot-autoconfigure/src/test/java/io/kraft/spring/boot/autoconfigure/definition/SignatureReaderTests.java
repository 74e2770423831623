package io.kraft.spring.boot.autoconfigure.definition;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

import io.kraft.engine.definition.MethodSignature;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SignatureReaderTests {

	private static final String DATES = "java.util.List<java.time.LocalDate>";

	@Test
	void aBareTypeVariableKeepsItsArguments() {
		MethodSignature signature = signature(Days.class, "report");

		assertThat(signature.resultType().getTypeName()).isEqualTo(DATES);
		assertThat(signature.parameterTypes()).extracting(Type::getTypeName)
			.containsExactly(DATES, "java.util.Map<java.lang.String, " + DATES + ">", "java.lang.String");
	}

	@Test
	void aVariableThatIsGivenByAnotherVariableIsResolved() {
		assertThat(signature(Weeks.class, "report").resultType().getTypeName()).isEqualTo(DATES);
	}

	@Test
	void whatHoldsAVariableThatIsGivenByAnotherVariableIsResolved() {
		assertThat(signature(Weeks.class, "report").parameterTypes()).extracting(Type::getTypeName)
			.containsExactly(DATES, "java.util.Map<java.lang.String, " + DATES + ">", "java.lang.String");
		assertThat(signature(Weeks.class, "pages").resultType().getTypeName())
			.isEqualTo("java.util.Optional<java.util.Map<" + DATES + ", " + DATES + "[]>>");
		assertThat(signature(Weeks.class, "some").resultType().getTypeName())
			.isEqualTo("java.util.List<" + DATES + ">");
	}

	@Test
	void aVariableWhoseBoundNamesItselfIsResolvedToAClass() {
		assertThat(signature(Raw.class, "report").resultType().getTypeName()).startsWith("java.lang.Comparable");
	}

	@Test
	void theValueOfAnAsynchronousResultIsResolved() {
		assertThat(signature(Days.class, "later").resultType().getTypeName()).isEqualTo(DATES);
	}

	@Test
	void anArrayOfAVariableIsResolved() {
		assertThat(signature(Days.class, "all").resultType().getTypeName()).isEqualTo(DATES + "[]");
		assertThat(signature(Names.class, "all").resultType()).isEqualTo(String[].class);
	}

	private static MethodSignature signature(Class<?> type, String name) {
		Method method = Arrays.stream(Report.class.getDeclaredMethods())
			.filter((candidate) -> candidate.getName().equals(name))
			.findFirst()
			.orElseThrow();
		return new SignatureReader(type, method).read();
	}

	abstract static class Report<R, S> {

		abstract R report(R report, Map<String, R> reports, S name);

		abstract CompletionStage<R> later();

		abstract R[] all();

		abstract Optional<Map<R, R[]>> pages();

		abstract List<? extends R> some();

	}

	abstract static class Bounded<B extends Comparable<B>> extends Report<B, String> {

	}

	@SuppressWarnings("rawtypes") // As code from before generics has it.
	abstract static class Raw extends Bounded {

	}

	abstract static class Listed<T> extends Report<List<T>, String> {

	}

	abstract static class Days extends Report<List<LocalDate>, String> {

	}

	abstract static class Weeks extends Listed<LocalDate> {

	}

	abstract static class Names extends Report<String, String> {

	}

}
