package io.irpc.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import tools.jackson.databind.module.SimpleModule;

import org.springframework.context.ApplicationEvent;

/**
 * Keeps the source of an {@link ApplicationEvent}, some object of the application, off
 * the wire.
 *
 * @since 0.1.0
 */
public final class ApplicationEventModule extends SimpleModule {

	private static final long serialVersionUID = 1L;

	/**
	 * Create a module.
	 */
	public ApplicationEventModule() {
		setMixInAnnotation(ApplicationEvent.class, WithoutSource.class);
	}

	@JsonIgnoreProperties("source")
	private interface WithoutSource {

	}

}
