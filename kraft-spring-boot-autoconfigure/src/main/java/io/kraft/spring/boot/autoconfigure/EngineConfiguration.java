package io.kraft.spring.boot.autoconfigure;

import java.time.InstantSource;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Supplier;

import io.kraft.client.StorageOperations;
import io.kraft.client.WorkflowClient;
import io.kraft.engine.KraftEngine;
import io.kraft.engine.KraftEngineBuilder;
import io.kraft.engine.PayloadCodec;
import io.kraft.engine.call.DurableCalls;
import io.kraft.engine.journal.json.JacksonPayloads;
import io.kraft.engine.store.Store;
import io.kraft.spring.boot.autoconfigure.backup.NamedBackups;
import io.kraft.spring.boot.autoconfigure.definition.DurableBeans;
import io.kraft.spring.boot.autoconfigure.definition.StepDefaults;
import io.kraft.spring.boot.autoconfigure.definition.ValueTypeReport;
import io.kraft.spring.boot.autoconfigure.property.Overrides;
import io.kraft.spring.boot.autoconfigure.proxy.KraftProxyConfiguration;
import io.kraft.workflow.WorkQueue;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * The engine, its parts, and its two interfaces: the client that applications call, and
 * the calls that the proxies use.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(OnKraftEnabled.class)
@Import({ StoreConfiguration.class, PayloadConfiguration.class, ReactorConfiguration.class,
		TransactionConfiguration.class, KraftProxyConfiguration.class })
@EnableConfigurationProperties(KraftProperties.class)
class EngineConfiguration {

	@Bean
	@ConditionalOnMissingBean
	KraftEngine kraftEngine(KraftProperties properties, ObjectProvider<IntFunction<Store>> stores,
			ObjectProvider<Supplier<Store>> store, DurableBeans durableBeans,
			@Qualifier("kraftJsonMapper") JsonMapper jsonMapper, ObjectProvider<PayloadCodec> payloadCodecs,
			ObjectProvider<Map<String, WorkQueue>> queues, Overrides overrides, ObjectProvider<InstantSource> clock,
			ObjectProvider<KraftEngineBuilderCustomizer> customizers) {
		KraftEngineBuilder builder = KraftEngine.builder()
			.stores(properties.engine().partitions(),
					StoreBeans.choose(stores, store, properties.engine().partitions()))
			.verifyOnStart(properties.storage().verifyOnStart())
			.workflows(durableBeans.workflows())
			.steps(durableBeans.steps())
			.queues(overrides.apply(WorkQueueNames.check(queues.getIfAvailable(Map::of))))
			.schedules(durableBeans.schedules())
			.jsonMapper(jsonMapper)
			.payloadCodecs(payloadCodecs.orderedStream().toList())
			.maxConcurrentWorkflows(properties.engine().maxConcurrentWorkflows())
			.maxParkedWorkflows(properties.engine().maxParkedWorkflows())
			.maxPayloadBytes(properties.engine().maxPayloadSize().toBytes())
			.maxJournalEntries(properties.engine().maxJournalEntries())
			.maxInboxBytes(properties.engine().maxInbox().toBytes())
			.maxJournalBytes(properties.engine().maxJournalSize().toBytes())
			.maxTags(properties.engine().maxTags(), properties.engine().maxTagsSize().toBytes())
			.maxMessageIds(properties.engine().maxMessageIds())
			.maxPublishedBytes(properties.engine().maxPublishedSize().toBytes())
			.maxStateBytes(properties.engine().maxStateSize().toBytes())
			.recordArguments(properties.journal().recordArguments())
			.argumentMismatch(properties.replay().argumentMismatch())
			.offThreadCalls(properties.engine().offThreadCalls())
			.replayOnStart(properties.replay().checkOnStart())
			.retention(properties.retention())
			.shutdownGracePeriod(properties.shutdownGracePeriod())
			.backupTimeout(properties.storage().backupTimeout());
		if (properties.engine().maxLoadedJournals() != null) {
			builder.maxLoadedJournalBytes(properties.engine().maxLoadedJournals().toBytes());
		}
		if (properties.engine().maxLoadedInboxes() != null) {
			builder.maxLoadedInboxBytes(properties.engine().maxLoadedInboxes().toBytes());
		}
		if (properties.client().callTimeout() != null) {
			builder.callTimeout(properties.client().callTimeout());
		}
		// Of several clocks none is Kraft's, unless one is primary.
		clock.ifUnique(builder::clock);
		customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		return builder.build();
	}

	/**
	 * No default candidate: it is injected only by name, and Boot's own mapper does not
	 * back off.
	 */
	@Bean(defaultCandidate = false)
	@ConditionalOnMissingBean(name = "kraftJsonMapper")
	JsonMapper kraftJsonMapper() {
		return JacksonPayloads.defaultMapper();
	}

	@Bean
	ValueTypeReport kraftValueTypeReport(DurableBeans durableBeans,
			@Qualifier("kraftJsonMapper") JsonMapper jsonMapper) {
		return new ValueTypeReport(durableBeans, jsonMapper);
	}

	@Bean
	@ConditionalOnMissingBean
	StepDefaults kraftStepDefaults(KraftProperties properties, Environment environment) {
		MovedProperties.check(environment);
		return new StepDefaults(properties.defaults().step().retry().toPolicy());
	}

	/**
	 * Also by the type of each of its parts, where the application has no bean of its own
	 * for that.
	 */
	@Bean
	@Fallback
	@ConditionalOnMissingBean
	WorkflowClient kraftWorkflowClient(KraftEngine engine) {
		return engine.client();
	}

	@Bean
	@ConditionalOnMissingBean
	StorageOperations kraftStorageOperations(KraftEngine engine) {
		return engine.storage();
	}

	@Bean
	NamedBackups kraftNamedBackups(StorageOperations storage, KraftProperties properties) {
		return new NamedBackups(storage, properties.storage().backupDirectory());
	}

	@Bean
	@ConditionalOnMissingBean
	DurableCalls kraftDurableCalls(KraftEngine engine) {
		return engine.calls();
	}

	@Bean
	KraftEngineLifecycle kraftEngineLifecycle(KraftEngine engine) {
		return new KraftEngineLifecycle(engine);
	}

	@Bean
	static UnknownPropertyCheck kraftUnknownPropertyCheck(ConfigurableListableBeanFactory beanFactory,
			Environment environment, Overrides overrides) {
		return new UnknownPropertyCheck(beanFactory, environment, overrides);
	}

}
