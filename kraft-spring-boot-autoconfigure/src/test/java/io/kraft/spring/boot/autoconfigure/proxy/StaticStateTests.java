package io.kraft.spring.boot.autoconfigure.proxy;

import java.util.Map;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;

/**
 * What must not outlive the application context.
 */
class StaticStateTests {

	@Test
	void nothingStaticHoldsClassesOfTheUser() {
		fields().that()
			.areStatic()
			.should()
			.notHaveRawType(assignableTo(Map.class))
			.andShould()
			.notHaveRawType(assignableTo(ThreadLocal.class))
			.because("a restarted application (devtools) would stay in memory, and old classes would be used")
			.check(new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
				.importPackages("io.kraft.spring.boot.autoconfigure.proxy",
						"io.kraft.spring.boot.autoconfigure.selfinvocation",
						"io.kraft.spring.boot.autoconfigure.definition"));
	}

}
