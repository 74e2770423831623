package io.kraft.engine.reliability;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page has a row for each test that proves something, and no other.
 * {@code -Dkraft.test.write-page=true} writes the rows, with the results that it has.
 */
class ReliabilityPageTests {

	private static final Path PAGE = Path.of("../docs/internals/reliability.md");

	@TempDir
	private Path reports;

	@Test
	void thePageHasARowForEachTestThatProvesSomething() throws Exception {
		String page = Files.readString(PAGE);
		String expected = ReliabilityPage.with(page,
				ReliabilityPage.table(Proof.all(), (proof) -> ReliabilityPage.resultIn(page, proof)));
		if (Boolean.getBoolean("kraft.test.write-page")) {
			Files.writeString(PAGE, expected);
		}

		assertThat(Files.readString(PAGE))
			.as("docs/internals/reliability.md; 'mvn -pl kraft-store-rocksdb -am test -Dtest=ReliabilityPageTests -Dkraft.test.write-page=true' writes it")
			.isEqualTo(expected);
	}

	@Test
	void everyKindOfProofIsOnThePage() throws Exception {
		List<String> packages = Proof.all().stream().map((proof) -> proof.test().getPackageName()).distinct().toList();

		assertThat(packages).contains("io.kraft.engine", "io.kraft.engine.fault", "io.kraft.engine.interleaving",
				"io.kraft.engine.kill", "io.kraft.engine.planted", "io.kraft.engine.simulation",
				"io.kraft.engine.store.rocksdb");
	}

	@Test
	void aResultSaysWhatPassedWhatFailedAndHowMuchWasTried() throws Exception {
		Files.writeString(this.reports.resolve("TEST-a.xml"), """
				<testsuite>
				  <testcase name="fails{int}[1]" classname="java.lang.String" time="1.5">
				    <system-out>counted: 3 kills
				other</system-out>
				  </testcase>
				  <testcase name="fails{int}[2]" classname="java.lang.String" time="1,002.5"><failure/></testcase>
				  <testcase name="failsNot" classname="java.lang.String" time="1"><skipped/></testcase>
				</testsuite>
				""");
		List<Case> cases = Case.read(this.reports);

		assertThat(ReliabilityPage.result(proof("fails"), cases)).isEqualTo("**1 failed**, 1 passed, 3 kills, 1004 s");
		assertThat(ReliabilityPage.result(proof("failsNot"), cases)).isEqualTo("0 passed, **1 skipped**, 1.0 s");
		assertThat(ReliabilityPage.result(proof(""), cases)).startsWith("**1 failed**, 1 passed, **1 skipped**");
		assertThat(ReliabilityPage.result(proof("other"), cases)).isEqualTo(ReliabilityPage.NOT_EXECUTED);
	}

	private static Proof proof(String method) {
		return new Proof("fault", "promise", String.class, method);
	}

}
