package io.irpc.autoconfigure;

import io.irpc.service.IrpcConfigurationException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Tells what to do about an {@link IrpcConfigurationException}.
 */
final class IrpcConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<IrpcConfigurationException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, IrpcConfigurationException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action(), cause);
	}

}
