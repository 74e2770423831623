package io.kraft.sample;

import java.io.IOException;

import io.kraft.sample.demo.DemoApplication;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * The sample application.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class SampleApplication {

	/**
	 * Starts the application, or one of its demos: {@code --demo=<name>}.
	 * @param args options of Spring Boot
	 */
	public static void main(String[] args) throws IOException {
		if (DemoApplication.isAskedFor(args)) {
			System.exit(DemoApplication.run(args));
		}
		SpringApplication.run(SampleApplication.class, args);
	}

}
