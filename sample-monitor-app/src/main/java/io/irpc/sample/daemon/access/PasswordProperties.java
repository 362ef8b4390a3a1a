package io.irpc.sample.daemon.access;

import jakarta.validation.constraints.NotEmpty;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Passwords of the users of the daemon.
 *
 * @param operator password of the user who may change settings
 * @param viewer password of the user who may look only
 */
@ConfigurationProperties("sample.passwords")
@Validated
public record PasswordProperties(@DefaultValue("operator") @NotEmpty String operator,
		@DefaultValue(DEFAULT_VIEWER) @NotEmpty String viewer) {

	/**
	 * Password of a viewer for whom none is set.
	 */
	public static final String DEFAULT_VIEWER = "viewer";

	boolean isAnyWellKnown() {
		return this.operator.equals("operator") || this.viewer.equals(DEFAULT_VIEWER);
	}

	/**
	 * Describes nothing, as passwords do not belong into a log.
	 */
	@Override
	public String toString() {
		return "PasswordProperties";
	}

}
