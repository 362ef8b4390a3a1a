package io.irpc.observation;

import brave.handler.MutableSpan;
import brave.handler.SpanHandler;
import brave.propagation.TraceContext;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.tracing.brave.autoconfigure.BraveAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/**
 * Traces by Brave.
 */
class BraveTracingTests extends AbstractTracingTests {

	@Override
	ApplicationContextRunner traced(ApplicationContextRunner runner) {
		return runner.withConfiguration(AutoConfigurations.of(BraveAutoConfiguration.class))
			.withBean("recorder", SpanHandler.class, Recorder::new);
	}

	private final class Recorder extends SpanHandler {

		@Override
		public boolean end(TraceContext context, MutableSpan span, Cause cause) {
			BraveTracingTests.this.spans
				.add(new RecordedSpan(String.valueOf(span.name()), String.valueOf(span.kind()), context.traceIdString(),
						context.spanIdString(), (context.parentIdString() != null) ? context.parentIdString() : ""));
			return true;
		}

	}

}
