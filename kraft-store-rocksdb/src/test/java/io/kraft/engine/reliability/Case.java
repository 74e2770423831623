package io.kraft.engine.reliability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * A test case of Surefire's reports.
 *
 * @param test name of its class
 * @param name of its method, with what distinguishes its invocations
 * @param counted what it has tried, by unit; see {@link Tally}
 */
record Case(String test, String name, Outcome outcome, double seconds, Map<String, Long> counted) {

	private static final Pattern TALLY = Pattern.compile("^" + Tally.PREFIX + "(\\d+) (.+)$", Pattern.MULTILINE);

	/**
	 * What the reports of a directory contain; nothing if there is none.
	 */
	static List<Case> read(Path directory) throws IOException, ParserConfigurationException, SAXException {
		if (!Files.isDirectory(directory)) {
			return List.of();
		}
		DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
		factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
		List<Case> cases = new ArrayList<>();
		try (Stream<Path> files = Files.list(directory)) {
			for (Path file : files.filter((path) -> path.getFileName().toString().matches("TEST-.*\\.xml")).toList()) {
				elements(factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement(), "testcase")
					.forEach((element) -> cases.add(of(element)));
			}
		}
		return cases;
	}

	private static Case of(Element element) {
		Outcome outcome = (has(element, "failure") || has(element, "error")) ? Outcome.FAILED
				: has(element, "skipped") ? Outcome.SKIPPED : Outcome.PASSED;
		Map<String, Long> counted = new TreeMap<>();
		elements(element, "system-out").forEach((output) -> {
			Matcher tally = TALLY.matcher(output.getTextContent());
			while (tally.find()) {
				counted.merge(tally.group(2).strip(), Long.valueOf(tally.group(1)), Long::sum);
			}
		});
		return new Case(element.getAttribute("classname"), element.getAttribute("name"), outcome,
				Double.parseDouble(element.getAttribute("time").replace(",", "")), counted);
	}

	private static boolean has(Element element, String name) {
		return element.getElementsByTagName(name).getLength() > 0;
	}

	private static Stream<Element> elements(Element parent, String name) {
		NodeList nodes = parent.getElementsByTagName(name);
		return IntStream.range(0, nodes.getLength()).mapToObj((index) -> (Element) nodes.item(index));
	}

	/**
	 * How a test case has ended.
	 */
	enum Outcome {

		PASSED, FAILED, SKIPPED

	}

}
