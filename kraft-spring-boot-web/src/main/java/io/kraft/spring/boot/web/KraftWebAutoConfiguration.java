package io.kraft.spring.boot.web;

import java.time.InstantSource;
import java.util.stream.Stream;

import io.kraft.client.WorkflowClient;
import io.kraft.engine.KraftEngine;
import io.kraft.spring.boot.autoconfigure.KraftAutoConfiguration;
import io.kraft.spring.boot.autoconfigure.KraftProperties;
import io.kraft.spring.boot.autoconfigure.backup.NamedBackups;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.validation.Validator;

/**
 * The web API, where {@code kraft.web.enabled} is set, and the routes of the
 * application's own workflows; for both web stacks.
 */
@AutoConfiguration(after = { KraftAutoConfiguration.class, KraftBrowserAutoConfiguration.class })
@ConditionalOnWebApplication
@ConditionalOnClass(name = "org.springframework.web.util.pattern.PathPattern")
@ConditionalOnBean({ KraftEngine.class, WorkflowClient.class })
@Conditional(KraftWebAutoConfiguration.OnRoutes.class)
public final class KraftWebAutoConfiguration {

	/** What an array can hold, and one more. */
	private static final int MAX_BYTES = Integer.MAX_VALUE - 9;

	private static final String API = "kraftWebCalls";

	private static final String ROUTES = "kraftRouteCalls";

	@Bean
	@Qualifier(API)
	WebCalls kraftWebCalls(KraftProperties properties) {
		return new WebCalls("kraft-web-", properties.web());
	}

	@Bean
	@Qualifier(ROUTES)
	WebCalls kraftRouteCalls(KraftProperties properties) {
		return new WebCalls("kraft-route-", properties.web());
	}

	@Bean
	Admission kraftAdmission(AccessRule rule, BrowserRule browsers, @Qualifier(API) WebCalls api,
			@Qualifier(ROUTES) WebCalls routes, ObjectProvider<CallerExpiry> expiry,
			ObjectProvider<InstantSource> clock, KraftProperties properties) {
		return new Admission(new Guard(rule, browsers), api, routes,
				(int) Math.min(properties.web().maxRequestSize().toBytes(), MAX_BYTES), properties.web().bodyTimeout(),
				expiry.getIfUnique(() -> (caller) -> null), clock.getIfUnique(InstantSource::system));
	}

	@Bean
	@ConditionalOnBooleanProperty("kraft.web.enabled")
	ShownPayloads kraftShownPayloads(AccessRule rule, KraftProperties properties) {
		rule.announce();
		return ShownPayloads.of(properties.web().showValues(), rule.isSecured());
	}

	@Bean
	@ConditionalOnBooleanProperty("kraft.web.enabled")
	RunStreams kraftRunStreams(WorkflowClient client, @Qualifier(API) WebCalls calls, ShownPayloads payloads,
			KraftProperties properties) {
		return new RunStreams(client, calls, properties.web().keepAlive(), properties.web().maxStreamLife(), payloads);
	}

	@Bean
	@ConditionalOnBooleanProperty("kraft.web.enabled")
	ApiRoutes kraftApiRoutes(KraftEngine engine, WorkflowClient client, NamedBackups backups,
			@Qualifier(API) WebCalls calls, ShownPayloads payloads, ObjectProvider<StreamControllers> streams,
			@Qualifier("kraftJsonMapper") JsonMapper jsonMapper, KraftProperties properties) {
		String base = properties.web().basePath() + "/api";
		RunLocations runs = new RunLocations(base + "/runs");
		Stream<ApiController> controllers = Stream.of(
				new WorkflowController(engine, client, new Arguments(jsonMapper), runs,
						properties.web().maxScheduledRuns()),
				new RunController(client, payloads),
				new ResultController(new RunResult(client, calls), properties.web().maxWait(), payloads),
				new ActionController(client, runs), new MessageController(client, payloads),
				new CallbackController(client), new ScheduleController(client, runs), new QueueController(client),
				new StorageController(backups), new ReplayController(client), new DescriptionController(base));
		return ApiRoutes.api(base,
				Stream.concat(controllers, streams.stream().flatMap((own) -> own.controllers().stream())));
	}

	@Bean
	@ConditionalOnBean(WorkflowRoutes.class)
	ApiRoutes kraftWorkflowRoutes(ObjectProvider<WorkflowRoutes> routes, WorkflowClient client,
			@Qualifier(ROUTES) WebCalls calls, @Qualifier("kraftJsonMapper") JsonMapper jsonMapper,
			ObjectProvider<Validator> validator, KraftProperties properties) {
		return ApiRoutes.declared(routes.orderedStream()
			.map((declared) -> new WorkflowRouteController(declared, client, new Arguments(jsonMapper),
					validator.getIfUnique(), new RunResult(client, calls), properties.web().maxWait())));
	}

	/**
	 * Whether there is anything to be served.
	 */
	static final class OnRoutes extends AnyNestedCondition {

		OnRoutes() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		/** The web API is enabled. */
		@ConditionalOnBooleanProperty("kraft.web.enabled")
		static class Enabled {

		}

		/** The application has routes of its own. */
		@ConditionalOnBean(WorkflowRoutes.class)
		static class Declared {

		}

	}

}
