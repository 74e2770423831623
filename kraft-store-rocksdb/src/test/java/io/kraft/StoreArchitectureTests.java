package io.kraft;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * The rules of the engine hold here too.
 */
@AnalyzeClasses(packages = "io.kraft",
		importOptions = { ImportOption.DoNotIncludeTests.class, StoreArchitectureTests.NoJarOfTests.class })
class StoreArchitectureTests {

	@ArchTest
	static final ArchTests rulesOfTheEngine = ArchTests.in(ArchitectureTests.class);

	@ArchTest
	static final ArchRule theEngineKnowsNoStoreOnDisk = noClasses().that()
		.resideOutsideOfPackage("io.kraft.engine.store.rocksdb..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.rocksdb..", "io.kraft.engine.store.rocksdb..")
		.because("a store is replaced behind its interface, and a native object used wrongly ends the process");

	/**
	 * Leaves out the jar with the engine's tests.
	 */
	static final class NoJarOfTests implements ImportOption {

		@Override
		public boolean includes(Location location) {
			return !location.contains("-tests.jar");
		}

	}

}
