package io.kraft.spring.boot.autoconfigure;

import io.kraft.client.WorkflowClient;
import io.kraft.workflow.ErrorDocs;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * With {@code kraft.enabled=false}, a log line and a {@link WorkflowClient} whose calls
 * are refused. Ordered after everything that shows a client's runs, so that none of it is
 * created.
 */
@AutoConfiguration(after = KraftAutoConfiguration.class,
		afterName = { "io.kraft.spring.boot.autoconfigure.actuate.KraftEndpointAutoConfiguration",
				"io.kraft.spring.boot.autoconfigure.event.KraftEventAutoConfiguration",
				"io.kraft.spring.boot.web.KraftWebAutoConfiguration" })
@Conditional(KraftSwitchedOffAutoConfiguration.OnKraftDisabled.class)
public final class KraftSwitchedOffAutoConfiguration {

	private static final Log logger = LogFactory.getLog(KraftSwitchedOffAutoConfiguration.class);

	@Bean
	@ConditionalOnMissingBean
	WorkflowClient kraftSwitchedOffClient() {
		return SwitchedOffClient.create();
	}

	/** A singleton of this kind is created with the context even where beans are lazy. */
	@Bean
	SmartInitializingSingleton kraftSwitchedOffNotice() {
		return () -> logger
			.info("Kraft is switched off (kraft.enabled=false): methods of workflows and steps are plain "
					+ "methods, nothing is durable, no schedule fires, the runs in the store are left alone, and calls of "
					+ "Kraft's WorkflowClient are refused. See " + ErrorDocs.section("KRAFT-3023"));
	}

	/**
	 * Whether Kraft is switched off.
	 */
	static final class OnKraftDisabled extends NoneNestedConditions {

		OnKraftDisabled() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		/** It is not. */
		@Conditional(OnKraftEnabled.class)
		static class Enabled {

		}

	}

}
