package io.irpc.docs.desk;

import java.util.concurrent.CompletionStage;

import io.irpc.call.CallRequest;
import io.irpc.call.ClientInterceptor;
import io.irpc.payload.Payload;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Logs what fails.
 */
// tag::interceptor[]
@Component
class FailureLog implements ClientInterceptor {

	private static final Logger logger = LoggerFactory.getLogger(FailureLog.class);

	@Override
	public CompletionStage<Payload> intercept(CallRequest request, Chain chain) {
		return chain.proceed(request).whenComplete((value, ex) -> {
			if (ex != null) {
				logger.warn("{} has failed", request.function(), ex);
			}
		});
	}

}
// end::interceptor[]
