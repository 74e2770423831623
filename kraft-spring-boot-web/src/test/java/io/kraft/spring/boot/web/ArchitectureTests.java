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
	static final ArchRule controllersAreSharedByTheStacks = noClasses().that()
		.resideInAPackage("io.kraft.spring.boot.web")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("jakarta.servlet..", "reactor..", "org.springframework.web.servlet..",
				"org.springframework.web.reactive..", "org.springframework.web.socket..")
		.because("an application has one of the stacks; what only one of them has is in a package of its own");

	@ArchTest
	static final ArchRule noOneNamesTheStoresLibrary = noClasses().should()
		.dependOnClassesThat()
		.resideInAPackage("org.rocksdb..")
		.because("the store's package in the engine is the one place that names RocksDB");

}
