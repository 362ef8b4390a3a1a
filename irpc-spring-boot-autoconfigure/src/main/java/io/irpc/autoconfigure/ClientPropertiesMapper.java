package io.irpc.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;

import io.irpc.client.IrpcClientBuilder;
import io.irpc.client.ReconnectPolicy;

import org.springframework.boot.system.JavaVersion;

/**
 * Tells a builder what the properties of a client say, except how to reach the server.
 */
final class ClientPropertiesMapper {

	private static final Duration MIN_KEEP_ALIVE = Duration.ofSeconds(15);

	private static final Duration MAX_KEEP_ALIVE = Duration.ofMinutes(5);

	private ClientPropertiesMapper() {
	}

	static void map(String prefix, IrpcClientProperties properties, IrpcClientBuilder builder) {
		builder.order(properties.getAddressOrder())
			.timeout(PropertyChecks.positive(prefix + ".timeout", properties.getTimeout()))
			.connectTimeout(PropertyChecks.positive(prefix + ".connect-timeout", properties.getConnectTimeout()))
			.reconnect(reconnect(prefix + ".reconnect", properties.getReconnect()))
			.whileDisconnected(properties.getWhileDisconnected())
			.completion(properties.getCompletion())
			.connection(ConnectionOptionsMapper.map(prefix + ".connection", properties.getConnection()));
		Duration keepAlive = properties.getKeepAlive();
		if (keepAlive != null) {
			PropertyChecks.require(keepAlive.compareTo(MIN_KEEP_ALIVE) >= 0 && keepAlive.compareTo(MAX_KEEP_ALIVE) <= 0,
					prefix + ".keep-alive", keepAlive, "a duration from 15s to 300s");
			builder.keepAlive(keepAlive);
		}
		Path credentialsFile = properties.getCredentialsFile();
		if (credentialsFile != null) {
			builder.credentialsFile(credentialsFile);
		}
		threads(prefix + ".threads", properties.getThreads(), builder);
	}

	private static ReconnectPolicy reconnect(String prefix, IrpcClientProperties.Reconnect properties) {
		Duration initial = PropertyChecks.positive(prefix + ".initial-delay", properties.getInitialDelay());
		PropertyChecks.require(properties.getMaxDelay().compareTo(initial) >= 0, prefix + ".max-delay",
				properties.getMaxDelay(), "a duration not below " + prefix + ".initial-delay, which is " + initial);
		return new ReconnectPolicy(initial, properties.getMaxDelay());
	}

	private static void threads(String prefix, IrpcClientProperties.Threads properties, IrpcClientBuilder builder) {
		Integer max = properties.getMax();
		if (max != null) {
			PropertyChecks.positive(prefix + ".max", max);
		}
		if (properties.isVirtual() && JavaVersion.getJavaVersion().isEqualOrNewerThan(JavaVersion.TWENTY_ONE)) {
			return;
		}
		if (max != null) {
			builder.platformThreads(max);
		}
		else {
			builder.platformThreads();
		}
	}

}
