package io.irpc.autoconfigure;

import io.irpc.client.IrpcClient;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.analyzer.AbstractInjectionFailureAnalyzer;
import org.springframework.core.Ordered;

/**
 * Tells how to configure a client that is injected and not there, before Spring Boot says
 * that a bean is missing.
 */
final class MissingClientFailureAnalyzer extends AbstractInjectionFailureAnalyzer<NoSuchBeanDefinitionException>
		implements Ordered {

	@Override
	public int getOrder() {
		return 0;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause,
			@Nullable String description) {
		if (cause.getBeanType() != IrpcClient.class || cause.getNumberOfBeansFound() > 0) {
			return null;
		}
		return new FailureAnalysis(
				((description != null) ? description : "A component")
						+ " requires an IrpcClient that is not configured",
				"Set irpc.client.address to the address of the server, such as localhost:10123, or"
						+ " irpc.clients.NAME.address if it is asked for by @Qualifier(\"NAME\").",
				cause);
	}

}
