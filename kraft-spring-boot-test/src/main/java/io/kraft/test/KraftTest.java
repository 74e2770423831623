package io.kraft.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.annotation.AliasFor;

/**
 * A test of the application's workflows: as {@link SpringBootTest}, without a web
 * environment unless that is asked for, with the engine on a test bench.
 * {@code @SpringBootTest} may stand beside it, with attributes of its own, and counts
 * then; beside the annotation of a slice stands {@link AutoConfigureKraftTest}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE)
@AutoConfigureKraftTest
public @interface KraftTest {

	/**
	 * Where the journal is.
	 */
	@AliasFor(annotation = AutoConfigureKraftTest.class)
	Storage storage() default Storage.MEMORY;

	/**
	 * How many partitions the journal is divided into, 1 to 64, whatever
	 * {@code kraft.engine.partitions} is. They crash together.
	 */
	@AliasFor(annotation = AutoConfigureKraftTest.class)
	int partitions() default 1;

	/**
	 * Whether schedules start runs when the clock is moved over their times. Otherwise
	 * they do when {@code client.triggerSchedule(…)} is called.
	 */
	@AliasFor(annotation = AutoConfigureKraftTest.class)
	boolean schedules() default false;

	/**
	 * Properties of the application, {@code key=value}.
	 */
	@AliasFor(annotation = SpringBootTest.class)
	String[] properties() default {};

	/**
	 * The application's classes; by default the one with {@code @SpringBootApplication}
	 * that is found above the test.
	 */
	@AliasFor(annotation = SpringBootTest.class)
	Class<?>[] classes() default {};

	/**
	 * Whether, and how, there is a web server.
	 */
	@AliasFor(annotation = SpringBootTest.class)
	SpringBootTest.WebEnvironment webEnvironment() default SpringBootTest.WebEnvironment.NONE;

}
