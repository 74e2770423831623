package io.kraft.workflow;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Where the documentation is, for messages: at the address that the build was given by
 * its property {@code kraft.docs.url}. The page that explains each code is in the jar,
 * too, as {@code META-INF/kraft/errors.md}.
 *
 * @since 0.1.0
 */
public final class ErrorDocs {

	/** In a build that did not process its resources. */
	private static final String UNKNOWN = "docs";

	private static final String ADDRESS = address();

	private static final String SECTIONS = "/reference/errors.md#";

	private ErrorDocs() {
	}

	/**
	 * The section about a code, such as {@code KRAFT-1001}; absolute, but in a build that
	 * did not process its resources.
	 */
	public static URI section(String code) {
		return URI.create(ADDRESS + SECTIONS + anchor(code));
	}

	/**
	 * A page, such as {@code guide/doctor.md}, or a section of it, as in
	 * {@code guide/programming-model.md#values}; absolute as {@link #section} is.
	 */
	public static URI page(String path) {
		return URI.create(ADDRESS + "/" + path);
	}

	/**
	 * The title of the section about a code, such as
	 * {@code The workflow took another path on replay}; the code itself where the page is
	 * not in the jar, or has no such section.
	 */
	public static String title(String code) {
		return Titles.BY_CODE.getOrDefault(code, code);
	}

	/**
	 * A text that names the section about a code as
	 * {@code docs/reference/errors.md#kraft-1001}, with the address in its place.
	 */
	public static String link(String code, String text) {
		String written = UNKNOWN + SECTIONS + anchor(code);
		return ADDRESS.equals(UNKNOWN) ? text : text.replace("See " + written, "See " + section(code));
	}

	private static String anchor(String code) {
		return code.toLowerCase(Locale.ROOT);
	}

	/** An exception must not fail for lack of its address. */
	private static String address() {
		try (InputStream resource = ErrorDocs.class.getResourceAsStream("/META-INF/kraft/docs.properties")) {
			String address = address(resource);
			return (address != null && URI.create(address).isAbsolute()) ? address : UNKNOWN;
		}
		catch (IOException | RuntimeException ex) {
			return UNKNOWN;
		}
	}

	private static @Nullable String address(@Nullable InputStream resource) throws IOException {
		Properties properties = new Properties();
		if (resource != null) {
			properties.load(resource);
		}
		return properties.getProperty("url");
	}

	/**
	 * The titles of the page, read when the first is needed.
	 */
	private static final class Titles {

		private static final Pattern HEADING = Pattern.compile("^## (KRAFT-\\d{4}): (.+)$", Pattern.MULTILINE);

		private static final Map<String, String> BY_CODE = read();

		private static Map<String, String> read() {
			try (InputStream page = ErrorDocs.class.getResourceAsStream("/META-INF/kraft/errors.md")) {
				return (page == null) ? Map.of()
						: HEADING.matcher(new String(page.readAllBytes(), StandardCharsets.UTF_8))
							.results()
							.collect(Collectors.toUnmodifiableMap((heading) -> heading.group(1),
									(heading) -> heading.group(2).strip()));
			}
			catch (IOException | RuntimeException ex) {
				return Map.of();
			}
		}

	}

}
