package io.irpc.sample.monitor;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of the monitor.
 *
 * @param name name by which the daemon remembers how far the errors were shown: one for
 * each place that is to see all of them
 * @param prefix text before each line, to tell the monitor from a daemon in the same
 * terminal
 */
@ConfigurationProperties("sample.monitor")
record MonitorProperties(@DefaultValue("monitor") String name, @DefaultValue("") String prefix) {

}
