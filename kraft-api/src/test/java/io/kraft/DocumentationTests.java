package io.kraft;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever points to a page of the documentation leads somewhere: links of pages, and
 * what messages, comments and tests of all modules name.
 */
class DocumentationTests {

	private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	private static final Path INDEX = ROOT.resolve("docs/README.md");

	/** The page where messages lead was elsewhere when these were recorded. */
	private static final String RECORDED = "RecordedRunTests.java";

	private static final Pattern LINK = Pattern.compile("]\\(([^)\\s:]+)\\)");

	private static final Pattern MENTION = Pattern.compile("\\bdocs/[\\w./-]*\\.md(?:#[\\w-]+)?");

	/** How messages name a page: by its address, which the jar knows. */
	private static final Pattern ADDRESSED = Pattern.compile("ErrorDocs\\s*\\.page\\(\"([^\"]+)\"\\)");

	/** What an exception replaces by the address of the section of its code. */
	private static final String SECTION = "docs/reference/errors.md#";

	private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|^\\s*//[^\n]*",
			Pattern.DOTALL | Pattern.MULTILINE);

	private static final Pattern CODE_BLOCK = Pattern.compile("^```.*?^```", Pattern.DOTALL | Pattern.MULTILINE);

	private final Map<Path, Set<String>> anchors = new HashMap<>();

	@Test
	void everyLinkOfAPageLeadsSomewhere() throws IOException {
		List<String> broken = new ArrayList<>();
		for (Path page : pages()) {
			Matcher link = LINK.matcher(CODE_BLOCK.matcher(read(page)).replaceAll(""));
			while (link.find()) {
				addIfBroken(broken, page, page.getParent(), link.group(1));
			}
		}

		assertThat(broken).isEmpty();
	}

	@Test
	void everyPageThatIsNamedExists() throws IOException {
		List<String> broken = new ArrayList<>();
		for (Path file : Stream.concat(pages().stream(), sources().stream()).toList()) {
			Matcher mention = MENTION.matcher(read(file));
			while (mention.find()) {
				addIfBroken(broken, file, ROOT, mention.group());
			}
		}

		assertThat(broken).isEmpty();
	}

	@Test
	void everyPageToWhichAMessageLeadsExists() throws IOException {
		List<String> broken = new ArrayList<>();
		int found = 0;
		for (Path file : sources()) {
			Matcher address = ADDRESSED.matcher(read(file));
			while (address.find()) {
				found++;
				addIfBroken(broken, file, INDEX.getParent(), address.group(1));
			}
		}

		assertThat(broken).isEmpty();
		assertThat(found).isPositive();
	}

	/** The section of an exception's code gets its address from the exception. */
	@Test
	void noMessageNamesAPageThatIsNotInTheJar() throws IOException {
		List<String> named = new ArrayList<>();
		for (Path file : sources()) {
			if (file.toString().endsWith(".java") && file.startsWith(mainSourcesOf(file))) {
				Matcher mention = MENTION.matcher(COMMENT.matcher(read(file)).replaceAll("").replace(SECTION, ""));
				while (mention.find()) {
					named.add(ROOT.relativize(file) + ": " + mention.group());
				}
			}
		}

		assertThat(named).as("pages to be named by ErrorDocs.page(…)").isEmpty();
	}

	private static Path mainSourcesOf(Path file) {
		return ROOT.resolve(ROOT.relativize(file).getName(0)).resolve("src/main");
	}

	@Test
	void theIndexLeadsToEveryPage() throws IOException {
		Set<Path> linked = new TreeSet<>();
		Matcher link = LINK.matcher(read(INDEX));
		while (link.find()) {
			linked.add(INDEX.resolveSibling(link.group(1).split("#", 2)[0]).normalize());
		}

		assertThat(pages()).filteredOn((page) -> page.startsWith(INDEX.getParent()) && !page.equals(INDEX))
			.allMatch((page) -> linked.contains(page) || linked.contains(page.getParent()), "is in the index");
	}

	@Test
	void anAnchorIsTheHeadingAsItIsShown() {
		assertThat(anchors("""
				# `POST /runs/{id}`, [again](x.md)
				<a id="kraft-1001"></a>
				## Same
				```
				# no heading
				```
				## Same
				""")).containsExactlyInAnyOrder("post-runsid-again", "kraft-1001", "same", "same-1");
	}

	private void addIfBroken(List<String> broken, Path file, Path from, String target) {
		String[] parts = target.split("#", 2);
		Path page = parts[0].isEmpty() ? file : from.resolve(parts[0]).normalize();
		if (!Files.exists(page)) {
			broken.add(ROOT.relativize(file) + ": " + target + ", there is no such file");
		}
		else if (parts.length > 1 && page.toString().endsWith(".md")
				&& !this.anchors.computeIfAbsent(page, (path) -> anchors(read(path))).contains(parts[1])) {
			broken.add(ROOT.relativize(file) + ": " + target + ", there is no such heading");
		}
	}

	/**
	 * By GitHub's rules: letters, digits and hyphens of the text, numbered if repeated.
	 */
	private static Set<String> anchors(String page) {
		Set<String> anchors = new TreeSet<>();
		Matcher explicit = Pattern.compile("<a id=\"([^\"]+)\">").matcher(page);
		while (explicit.find()) {
			anchors.add(explicit.group(1));
		}
		Matcher heading = Pattern.compile("^#{1,6} (.+)$", Pattern.MULTILINE)
			.matcher(CODE_BLOCK.matcher(page).replaceAll(""));
		while (heading.find()) {
			String anchor = heading.group(1)
				.replaceAll("]\\([^)]*\\)", "")
				.toLowerCase(Locale.ROOT)
				.replaceAll("[^\\p{L}\\p{N}\\s_-]", "")
				.strip()
				.replace(' ', '-');
			int number = 0;
			while (!anchors.add((number > 0) ? anchor + '-' + number : anchor)) {
				number++;
			}
		}
		return anchors;
	}

	private static List<Path> pages() throws IOException {
		return Stream.concat(files(ROOT, 1), files(ROOT.resolve("docs"), Integer.MAX_VALUE))
			.filter((file) -> file.toString().endsWith(".md"))
			.toList();
	}

	private static List<Path> sources() throws IOException {
		List<Path> sources = new ArrayList<>();
		for (Path pom : files(ROOT, 2).filter((file) -> file.endsWith("pom.xml")).toList()) {
			sources.add(pom);
			Path directory = pom.resolveSibling("src");
			if (Files.exists(directory)) {
				files(directory, Integer.MAX_VALUE)
					.filter((file) -> file.toString().matches(".*\\.(java|xml|ya?ml|json|properties)"))
					.filter((file) -> !file.endsWith(RECORDED) && !file.toString().contains("journals"))
					.forEach(sources::add);
			}
		}
		return sources;
	}

	private static Stream<Path> files(Path directory, int depth) throws IOException {
		try (Stream<Path> files = Files.walk(directory, depth)) {
			return files.filter(Files::isRegularFile).toList().stream();
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
