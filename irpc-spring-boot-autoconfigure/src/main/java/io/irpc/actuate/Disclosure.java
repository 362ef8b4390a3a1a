package io.irpc.actuate;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.Sanitizer;

/**
 * Shows values that tell of people, or hides them.
 *
 * @since 0.1.0
 */
public final class Disclosure {

	private static final String PREFIX = "irpc.";

	private final Sanitizer sanitizer;

	private final boolean shown;

	Disclosure(Sanitizer sanitizer, boolean shown) {
		this.sanitizer = sanitizer;
		this.shown = shown;
	}

	/**
	 * Return what is shown of a value.
	 * @param key what sanitizing functions know it by, without {@code irpc.}
	 * @param value the value, {@code null} for none
	 * @return the value, or what stands in its place; {@code null} for none
	 */
	@Nullable String show(String key, @Nullable Object value) {
		String text = (value != null) ? value.toString() : null;
		Object result = this.sanitizer.sanitize(new SanitizableData(null, PREFIX + key, text), this.shown);
		return (result != null) ? result.toString() : null;
	}

}
