package io.kraft;

import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.kraft.client.WorkflowClient;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The API is what {@code api.txt} says, so that a change of it is seen in the change that
 * makes it. {@code -Dkraft.test.write-api=true} writes it.
 */
class PublicApiTests {

	private static final Path LISTING = Path.of("api.txt");

	private static final String SUFFIX = ".class";

	@Test
	void theApiIsTheOneThatIsWrittenDown() throws IOException, URISyntaxException {
		String api = api();
		if (Boolean.getBoolean("kraft.test.write-api")) {
			Files.writeString(LISTING, api);
		}

		assertThat(api)
			.as("kraft-api/api.txt; 'mvn -pl kraft-api test -Dkraft.test.write-api=true' writes it. "
					+ "What is removed or changed breaks applications: see CONTRIBUTING.md")
			.isEqualTo(Files.readString(LISTING));
	}

	@Test
	void theListingHasWhatUsersMeetFirst() throws IOException, URISyntaxException {
		assertThat(api()).contains("interface io.kraft.client.WorkflowClient", "@interface io.kraft.workflow.Workflow",
				"io.kraft.client.WorkflowHandle.cancel()");
	}

	private static String api() throws IOException, URISyntaxException {
		return types().map(PublicApiTests::describe).collect(Collectors.joining("\n"));
	}

	static Stream<Class<?>> types() throws IOException, URISyntaxException {
		Path classes = Path.of(WorkflowClient.class.getProtectionDomain().getCodeSource().getLocation().toURI());
		try (Stream<Path> files = Files.walk(classes)) {
			List<String> names = files.map((file) -> classes.relativize(file).toString().replace('\\', '/'))
				.filter((file) -> file.endsWith(SUFFIX) && !file.endsWith("package-info.class"))
				.map((file) -> file.substring(0, file.length() - SUFFIX.length()).replace('/', '.'))
				.sorted()
				.toList();
			return names.stream().<Class<?>>map(PublicApiTests::load).filter(PublicApiTests::isVisible);
		}
	}

	private static Class<?> load(String name) {
		try {
			return Class.forName(name, false, WorkflowClient.class.getClassLoader());
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(name, ex);
		}
	}

	private static boolean isVisible(Class<?> type) {
		Class<?> owner = type.getEnclosingClass();
		return isVisible(type.getModifiers()) && (owner == null || isVisible(owner)) && !type.isAnonymousClass();
	}

	private static boolean isVisible(int modifiers) {
		return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
	}

	private static String describe(Class<?> type) {
		Stream<String> fields = Arrays.stream(type.getDeclaredFields())
			.filter(PublicApiTests::isListed)
			.map(Field::toGenericString);
		Stream<String> callables = Stream.<Executable[]>of(type.getDeclaredConstructors(), type.getDeclaredMethods())
			.flatMap(Arrays::stream)
			.filter(PublicApiTests::isListed)
			.map(Executable::toGenericString);
		return type.toGenericString() + "\n"
				+ Stream.concat(fields, callables)
					.sorted()
					.map((member) -> "    " + member + "\n")
					.collect(Collectors.joining());
	}

	private static boolean isListed(Member member) {
		return isVisible(member.getModifiers()) && !member.isSynthetic();
	}

}
