package io.kraft;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The poms of the modules that are published have what Maven Central asks for: name,
 * description, address, licences, developers, and where the sources are; by themselves or
 * from their parent.
 */
class PublishedPomTests {

	private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	@ParameterizedTest
	@MethodSource("publishedModules")
	void aPublishedPomHasWhatMavenCentralAsksFor(String module) {
		Element own = pom(module);
		Element inherited = (child(own, "parent") != null) ? pom(".") : own;

		assertThat(text(own, "name")).isNotBlank();
		assertThat(text(own, "description")).isNotBlank().isNotEqualTo(text(own, "name"));
		assertThat(text(inherited, "url")).startsWith("https://");
		assertThat(text(inherited, "licenses", "license", "name")).isNotBlank();
		assertThat(text(inherited, "licenses", "license", "url")).startsWith("https://");
		assertThat(text(inherited, "developers", "developer", "name")).isNotBlank();
		assertThat(text(inherited, "developers", "developer", "organization")).isNotBlank();
		assertThat(text(inherited, "developers", "developer", "organizationUrl")).startsWith("https://");
		assertThat(text(inherited, "scm", "url")).startsWith("https://");
		assertThat(text(inherited, "scm", "connection")).startsWith("scm:git:");
		assertThat(text(inherited, "scm", "developerConnection")).startsWith("scm:git:");
	}

	@ParameterizedTest
	@MethodSource("publishedModules")
	void aPublishedModuleIsInTheBom(String module) throws IOException {
		if (!List.of(".", "kraft-bom").contains(module)) {
			assertThat(Files.readString(ROOT.resolve("kraft-bom/pom.xml")))
				.contains("<artifactId>" + text(pom(module), "artifactId") + "</artifactId>");
		}
	}

	/** The plugins make none of nothing. */
	@ParameterizedTest
	@MethodSource("publishedModules")
	void aJarWithoutClassesHasItsOtherJarsFromItsPom(String module) throws IOException {
		String pom = Files.readString(ROOT.resolve(module).resolve("pom.xml"));

		if (!pom.contains("<packaging>pom</packaging>") && !Files.exists(ROOT.resolve(module).resolve("src/main"))) {
			assertThat(pom).contains("<classifier>sources</classifier>", "<classifier>javadoc</classifier>");
		}
	}

	/** Maven would append the name of the module, where there is no page. */
	@Test
	void addressesAreInheritedAsTheyAre() {
		Element parent = pom(".");

		assertThat(parent.getAttribute("child.project.url.inherit.append.path")).isEqualTo("false");
		for (String address : List.of("connection", "developerConnection", "url")) {
			assertThat(child(parent, "scm").getAttribute("child.scm." + address + ".inherit.append.path"))
				.isEqualTo("false");
		}
	}

	static Stream<String> publishedModules() {
		Element modules = child(pom("."), "modules");
		List<String> published = Stream.concat(Stream.of("."), children(modules).map(Node::getTextContent))
			.filter((module) -> !"true".equals(text(pom(module), "properties", "maven.deploy.skip")))
			.toList();
		assertThat(published).contains("kraft-api", "kraft-spring-boot-starter").doesNotContain("sample-app");
		return published.stream();
	}

	private static Element pom(String module) {
		try {
			return DocumentBuilderFactory.newDefaultInstance()
				.newDocumentBuilder()
				.parse(ROOT.resolve(module).resolve("pom.xml").toFile())
				.getDocumentElement();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (ParserConfigurationException | SAXException ex) {
			throw new IllegalStateException(module, ex);
		}
	}

	private static String text(Element from, String... path) {
		Element element = from;
		for (String name : path) {
			element = child(element, name);
			if (element == null) {
				return "";
			}
		}
		return element.getTextContent().strip();
	}

	private static @Nullable Element child(Element parent, String name) {
		return children(parent).filter((element) -> element.getTagName().equals(name)).findFirst().orElse(null);
	}

	private static Stream<Element> children(Element parent) {
		NodeList nodes = parent.getChildNodes();
		return IntStream.range(0, nodes.getLength())
			.mapToObj(nodes::item)
			.filter(Element.class::isInstance)
			.map(Element.class::cast);
	}

}
