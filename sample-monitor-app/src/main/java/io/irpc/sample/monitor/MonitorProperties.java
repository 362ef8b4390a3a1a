package io.irpc.sample.monitor;

import java.nio.file.Path;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of the monitor.
 *
 * @param stateFile file that remembers which error was shown last
 * @param prefix text before each line, to tell the monitor from a daemon in the same
 * terminal
 */
@ConfigurationProperties("sample.monitor")
record MonitorProperties(Path stateFile, @DefaultValue("") String prefix) {

}
