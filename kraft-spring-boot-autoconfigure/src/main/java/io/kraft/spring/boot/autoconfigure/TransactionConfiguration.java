package io.kraft.spring.boot.autoconfigure;

import io.kraft.spring.boot.autoconfigure.transaction.SpringTransaction;
import io.kraft.spring.boot.autoconfigure.transaction.TransactionalCalls;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Where Spring's transactions are present, what clients call inside one waits for its
 * commit. First in order, so that an application's customizer takes precedence.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(TransactionSynchronizationManager.class)
class TransactionConfiguration {

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	KraftEngineBuilderCustomizer kraftTransactionCustomizer(KraftProperties properties) {
		TransactionalCalls calls = properties.transactions().start();
		return (builder) -> {
			if (calls != TransactionalCalls.IMMEDIATE) {
				builder.callerTransaction(new SpringTransaction(calls));
			}
		};
	}

}
