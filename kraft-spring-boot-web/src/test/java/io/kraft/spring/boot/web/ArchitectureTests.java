package io.kraft.spring.boot.web;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "io.kraft.spring", importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule packagesAreFreeOfCycles = slices().matching("io.kraft.spring.boot.(**)")
		.should()
		.beFreeOfCycles()
		.because("a package that is in a circle cannot be understood, or changed, alone");

	@ArchTest
	static final ArchRule noOneNamesTheStoresLibrary = noClasses().should()
		.dependOnClassesThat()
		.resideInAPackage("org.rocksdb..")
		.because("the store's package in the engine is the one place that names RocksDB");

}
