package io.irpc.sample.monitor;

import jakarta.validation.constraints.Pattern;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Properties of the monitor.
 *
 * @param name name by which the daemon remembers how far the errors were shown: one for
 * each place that is to see all of them
 * @param prefix text before each line, to tell the monitor from a daemon in the same
 * terminal
 */
@Validated
@ConfigurationProperties("sample.monitor")
record MonitorProperties(
		@DefaultValue("monitor") @Pattern(regexp = "[A-Za-z0-9_-]{1,64}",
				message = "must have 1 to 64 letters, digits, '_' and '-'") String name,
		@DefaultValue("") String prefix) {

}
