package io.kraft.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.kraft.spring.boot.autoconfigure.KraftAutoConfiguration;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Puts the engine of a Spring test on a test bench, with a
 * {@link WorkflowTestEnvironment} and a {@link WorkflowReplayer} to be injected. To be
 * put beside Spring Boot's annotations of test slices, or beside
 * {@code @SpringJUnitConfig}; {@link KraftTest} has it for tests of the whole
 * application.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration(KraftAutoConfiguration.class)
public @interface AutoConfigureKraftTest {

	/**
	 * Where the journal is.
	 */
	Storage storage() default Storage.MEMORY;

	/**
	 * How many partitions the journal is divided into, 1 to 64, whatever
	 * {@code kraft.engine.partitions} is. They crash together.
	 */
	int partitions() default 1;

	/**
	 * Whether schedules start runs when the clock is moved over their times. Otherwise
	 * they do when {@code client.triggerSchedule(…)} is called.
	 */
	boolean schedules() default false;

}
