package io.kraft.spring.boot.autoconfigure;

import io.kraft.client.WorkflowClient;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * With {@code kraft.enabled=false}, a {@link WorkflowClient} whose calls say so. After
 * all that shows a client's runs, so that there is nothing to be shown.
 */
@AutoConfiguration(after = KraftAutoConfiguration.class,
		afterName = { "io.kraft.spring.boot.autoconfigure.actuate.KraftEndpointAutoConfiguration",
				"io.kraft.spring.boot.autoconfigure.event.KraftEventAutoConfiguration",
				"io.kraft.spring.boot.autoconfigure.web.KraftWebAutoConfiguration" })
@Conditional(KraftSwitchedOffAutoConfiguration.OnKraftDisabled.class)
public final class KraftSwitchedOffAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	WorkflowClient kraftSwitchedOffClient() {
		return SwitchedOffClient.create();
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
