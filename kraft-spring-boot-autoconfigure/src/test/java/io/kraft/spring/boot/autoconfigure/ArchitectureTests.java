package io.kraft.spring.boot.autoconfigure;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "io.kraft.spring", importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

	private static final String ROOT = "io.kraft.spring.boot.autoconfigure";

	@ArchTest
	static final ArchRule packagesAreFreeOfCycles = slices().matching("io.kraft.spring.boot.(**)")
		.should()
		.beFreeOfCycles()
		.because("a package that is in a circle cannot be understood, or changed, alone");

	@ArchTest
	static final ArchRule foldersAreFreeOfCycles = slices().matching(ROOT + ".(*)..")
		.should()
		.beFreeOfCycles()
		.because("a folder with all that is below it is one floor, also where its packages alone make no circle");

	/** What a technology adds is left out where the technology is not there. */
	@ArchTest
	static final ArchRule theFloorsPointDown = layeredArchitecture().consideringOnlyDependenciesInLayers()
		.layer("actuator")
		.definedBy(ROOT + ".actuate..")
		.layer("observation")
		.definedBy(ROOT + ".observation..")
		.layer("event")
		.definedBy(ROOT + ".event..")
		.layer("logging")
		.definedBy(ROOT + ".logging..")
		.layer("doctor")
		.definedBy(ROOT + ".doctor..")
		.layer("engine")
		.definedBy(ROOT)
		.layer("proxy")
		.definedBy(ROOT + ".proxy..")
		.layer("self-invocation")
		.definedBy(ROOT + ".selfinvocation..")
		.layer("definition")
		.definedBy(ROOT + ".definition..")
		.layer("property")
		.definedBy(ROOT + ".property..")
		.layer("transaction")
		.definedBy(ROOT + ".transaction..")
		.layer("backup")
		.definedBy(ROOT + ".backup..")
		.optionalLayer("operator")
		.definedBy(ROOT + ".operator..")
		.optionalLayer("payload")
		.definedBy(ROOT + ".payload..")
		.whereLayer("actuator")
		.mayOnlyAccessLayers("engine", "backup", "operator")
		.whereLayer("observation")
		.mayOnlyAccessLayers("engine")
		.whereLayer("event")
		.mayOnlyAccessLayers("engine")
		.whereLayer("logging")
		.mayOnlyAccessLayers("engine")
		.whereLayer("doctor")
		.mayOnlyAccessLayers("engine")
		.whereLayer("engine")
		.mayOnlyAccessLayers("proxy", "self-invocation", "definition", "property", "transaction", "backup", "payload")
		.whereLayer("proxy")
		.mayOnlyAccessLayers("self-invocation", "definition", "property")
		.whereLayer("self-invocation")
		.mayOnlyAccessLayers("definition")
		.whereLayer("definition")
		.mayOnlyAccessLayers("property")
		.whereLayer("property")
		.mayNotAccessAnyLayer()
		.whereLayer("transaction")
		.mayNotAccessAnyLayer()
		.whereLayer("backup")
		.mayNotAccessAnyLayer()
		.whereLayer("operator")
		.mayNotAccessAnyLayer()
		.whereLayer("payload")
		.mayOnlyAccessLayers("property")
		.ensureAllClassesAreContainedInArchitecture()
		.because("who reads a floor need not know those above it");

	@ArchTest
	static final ArchRule noOneNamesTheStoresLibrary = noClasses().should()
		.dependOnClassesThat()
		.resideInAPackage("org.rocksdb..")
		.because("the store's package in the engine is the one place that names RocksDB");

	@ArchTest
	static final ArchRule theStoreOnDiskIsNamedWhereItIsOpened = noClasses().that()
		.resideOutsideOfPackages(ROOT, ROOT + ".doctor..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("io.kraft.engine.store.rocksdb..")
		.because("an application may leave out the store on disk, and keep its journal in memory");

}
