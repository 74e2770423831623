package io.kraft.engine.planted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page of planted faults has a row for each; {@code -Dkraft.test.write-page=true}
 * writes them.
 */
class PlantedFaultsPageTests {

	private static final Path PAGE = Path.of("../docs/internals/planted-faults.md");

	private static final String HEAD = "| Fault | Caught by |\n|---|---|\n";

	@Test
	void thePageHasARowForEachPlantedFault() throws IOException {
		String page = Files.readString(PAGE);
		String expected = page.substring(0, page.indexOf(HEAD) + HEAD.length()) + rows();
		if (Boolean.getBoolean("kraft.test.write-page")) {
			Files.writeString(PAGE, expected);
		}

		assertThat(Files.readString(PAGE)).isEqualTo(expected);
	}

	private static String rows() {
		return EngineFaults.all().stream().map(PlantedFaultsPageTests::row).collect(Collectors.joining());
	}

	private static String row(EngineFault fault) {
		return "| " + fault.name() + " | "
				+ fault.catchers()
					.stream()
					.map((catcher) -> "`" + catcher.name() + "`")
					.collect(Collectors.joining(", "))
				+ " |\n";
	}

}
