package io.irpc.observation;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/**
 * Traces by OpenTelemetry.
 */
class OpenTelemetryTracingTests extends AbstractTracingTests {

	@Override
	ApplicationContextRunner traced(ApplicationContextRunner runner) {
		return runner
			.withConfiguration(AutoConfigurations.of(OpenTelemetrySdkAutoConfiguration.class,
					OpenTelemetryTracingAutoConfiguration.class))
			.withBean("recorder", SpanProcessor.class, Recorder::new);
	}

	private final class Recorder implements SpanProcessor {

		@Override
		public void onStart(Context parent, ReadWriteSpan span) {
		}

		@Override
		public boolean isStartRequired() {
			return false;
		}

		@Override
		public void onEnd(ReadableSpan ended) {
			SpanData span = ended.toSpanData();
			OpenTelemetryTracingTests.this.spans
				.add(new RecordedSpan(span.getName(), span.getKind().name(), span.getTraceId(), span.getSpanId(),
						span.getParentSpanContext().isValid() ? span.getParentSpanId() : ""));
		}

		@Override
		public boolean isEndRequired() {
			return true;
		}

	}

}
