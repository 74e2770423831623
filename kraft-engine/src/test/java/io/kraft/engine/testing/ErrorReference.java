package io.kraft.engine.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.kraft.workflow.ErrorCode;
import io.kraft.workflow.ErrorDocs;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares {@code docs/reference/errors.md} with the compiled classes of Kraft on the
 * class path, those of tests left out. Each module runs it over what it sees.
 * <p>
 * Codes are the constants of exceptions, read by reflection. Pointers are read from the
 * strings of the class files, because messages exist only when they are thrown.
 */
public final class ErrorReference {

	private static final Pattern CODE = Pattern.compile("KRAFT-\\d{4}");

	private static final Pattern SECTION = Pattern.compile("^(?:<a id=\"([^\"]*)\"></a>\n\n)?## (.+)$",
			Pattern.MULTILINE);

	private static final Pattern TITLED = Pattern.compile("(KRAFT-\\d{4}): \\S.*");

	private static final Pattern CLASSES = Pattern.compile("^- \\*\\*Class\\*\\*: (.+)$", Pattern.MULTILINE);

	private static final Pattern CLASS = Pattern.compile("`(io\\.kraft\\.[\\w.]+)`");

	// A name that is put together at run time ends with the hash.
	private static final Pattern POINTER = Pattern.compile("errors\\.md#([\\w-]+)");

	private final JavaClasses classes;

	/** Names of classes, by the code of the section that names them. */
	private final Map<String, Set<String>> sections;

	/** Names of classes, by the code that they have as a constant. */
	private final Map<String, Set<String>> codes = new TreeMap<>();

	private ErrorReference(JavaClasses classes, Map<String, Set<String>> sections) {
		this.classes = classes;
		this.sections = sections;
		for (JavaClass type : classes) {
			if (type.isAssignableTo(KraftException.class)) {
				type.getFields().forEach((field) -> addCode(type, field));
			}
		}
	}

	/**
	 * Of the classes on the class path, which are read once.
	 */
	public static ErrorReference ofClassPath() {
		return OfClassPath.REFERENCE;
	}

	private static ErrorReference read() {
		JavaClasses classes = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
			.withImportOption((location) -> !location.contains("-tests.jar"))
			.importPackages("io.kraft");
		return new ErrorReference(classes, sections(page()));
	}

	public void assertThatEveryCodeHasItsSection() {
		assertThat(this.codes).isNotEmpty();
		this.codes.forEach((code, types) -> {
			assertThat(this.sections).as("sections of docs/reference/errors.md").containsKey(code);
			assertThat(ErrorCode.of(code)).as("constant of ErrorCode for %s", code).isPresent();
			assertThat(this.sections.get(code)).as("classes that section %s names", code).containsAll(types);
		});
	}

	/**
	 * Checks the sections that are about a class in or below the given packages.
	 */
	public void assertThatEverySectionHasItsCode(String... packages) {
		this.sections.forEach((section, types) -> {
			assertThat(types).as("classes that section %s names", section).isNotEmpty();
			types.stream()
				.filter((type) -> Arrays.stream(packages).anyMatch((name) -> type.startsWith(name + '.')))
				.forEach((type) -> {
					assertThat(this.codes).as("codes of exceptions").containsKey(section);
					assertThat(this.codes.get(section)).as("classes with the code %s", section).contains(type);
				});
		});
	}

	/**
	 * Checks every mention of a section, and of a code, in the strings of the classes.
	 */
	public void assertThatEveryPointerHasItsSection() {
		Set<String> anchors = new TreeSet<>();
		this.sections.keySet().forEach((section) -> anchors.add(section.toLowerCase(Locale.ROOT)));
		Map<String, Set<String>> pointers = new TreeMap<>();
		for (JavaClass type : this.classes) {
			for (String text : ClassFileStrings.of(type)) {
				addAll(pointers, POINTER.matcher(text), type);
				addAll(pointers, CODE.matcher(text), type);
			}
		}
		assertThat(pointers).isNotEmpty();
		pointers.forEach((pointer, types) -> assertThat(anchors).as("sections, to which %s point", types)
			.contains(pointer.toLowerCase(Locale.ROOT)));
	}

	/**
	 * Checks that the page is packed, and that each code has an address at which it can
	 * be read by those who have the jar only.
	 */
	public void assertThatEveryCodeHasItsAddress() throws IOException {
		try (InputStream packed = KraftException.class.getResourceAsStream("/META-INF/kraft/errors.md")) {
			assertThat(packed).as("META-INF/kraft/errors.md").isNotNull().hasContent(page());
		}
		assertThat(ErrorDocs.section("").isAbsolute()).as("the address has a scheme").isTrue();
		this.codes.keySet()
			.forEach((code) -> assertThat(ErrorDocs.section(code)).hasScheme(ErrorDocs.section("").getScheme())
				.hasPath(ErrorDocs.section("").getPath())
				.hasFragment(code.toLowerCase(Locale.ROOT)));
	}

	private static void addAll(Map<String, Set<String>> pointers, Matcher matcher, JavaClass type) {
		while (matcher.find()) {
			String pointer = (matcher.groupCount() > 0) ? matcher.group(1) : matcher.group();
			pointers.computeIfAbsent(pointer, (key) -> new TreeSet<>()).add(type.getName());
		}
	}

	private void addCode(JavaClass type, JavaField field) {
		if (!field.getModifiers().contains(JavaModifier.STATIC) || !field.getRawType().isEquivalentTo(String.class)) {
			return;
		}
		try {
			java.lang.reflect.Field constant = field.reflect();
			constant.setAccessible(true);
			if (constant.get(null) instanceof String value && CODE.matcher(value).matches()) {
				this.codes.computeIfAbsent(value, (key) -> new TreeSet<>()).add(type.getName());
			}
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Map<String, Set<String>> sections(String page) {
		Map<String, Set<String>> sections = new TreeMap<>();
		Matcher heading = SECTION.matcher(page);
		for (boolean found = heading.find(); found;) {
			String name = code(heading.group(1), heading.group(2));
			int begin = heading.end();
			found = heading.find();
			String text = page.substring(begin, found ? heading.start() : page.length());
			assertThat(sections).as("sections of docs/reference/errors.md").doesNotContainKey(name);
			sections.put(name, classes(text));
		}
		return sections;
	}

	/** The title may change; links keep working by the anchor in front of the heading. */
	private static String code(@Nullable String anchor, String heading) {
		Matcher titled = TITLED.matcher(heading);
		assertThat(titled.matches()).as("heading \"%s\" of docs/reference/errors.md is \"<code>: <title>\"", heading)
			.isTrue();
		String code = titled.group(1);
		assertThat(anchor).as("anchor in front of the section %s of docs/reference/errors.md", code)
			.isEqualTo(code.toLowerCase(Locale.ROOT));
		return code;
	}

	private static Set<String> classes(String section) {
		Set<String> names = new TreeSet<>();
		Matcher line = CLASSES.matcher(section);
		if (line.find()) {
			Matcher name = CLASS.matcher(line.group(1));
			while (name.find()) {
				names.add(name.group(1));
			}
		}
		return names;
	}

	/** Tests run in the directory of their module. */
	private static String page() {
		Path start = Path.of("").toAbsolutePath();
		Path page = Stream.iterate(start, (directory) -> directory != null, Path::getParent)
			.map((directory) -> directory.resolve("docs/reference/errors.md"))
			.filter(Files::exists)
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("There is no docs/reference/errors.md above " + start));
		try {
			return Files.readString(page);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static final class OfClassPath {

		private static final ErrorReference REFERENCE = read();

	}

}
