package io.irpc.autoconfigure;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;

import io.irpc.server.IrpcServerSettings.Exposure;
import io.irpc.service.UnknownArguments;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * Properties of the IRPC server.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("irpc.server")
public class IrpcServerProperties {

	/**
	 * Default TCP port.
	 */
	public static final int DEFAULT_PORT = 10123;

	/**
	 * Whether to start the server, which also needs an @IrpcService or irpc.server.port.
	 */
	private boolean enabled = true;

	/**
	 * Network address to listen on.
	 */
	private InetAddress address = InetAddress.getLoopbackAddress();

	/**
	 * TCP port to listen on, 10123 if not set; 0 for any free port. Setting it starts the
	 * server even without an @IrpcService.
	 */
	private @Nullable Integer port;

	/**
	 * Path of a Unix domain socket to listen on in addition to TCP. Only the user of this
	 * process may connect to it.
	 */
	private @Nullable Path unixSocket;

	/**
	 * What may be reached from other machines.
	 */
	private Exposure exposure = Exposure.PROTECTED;

	/**
	 * What to do about arguments that a function does not know.
	 */
	private UnknownArguments.Policy unknownArguments = UnknownArguments.Policy.IGNORE;

	private final Shutdown shutdown = new Shutdown();

	@NestedConfigurationProperty
	private final IrpcThreadsProperties threads = new IrpcThreadsProperties();

	@NestedConfigurationProperty
	private final IrpcConnectionProperties connection = new IrpcConnectionProperties();

	@NestedConfigurationProperty
	private final IrpcLimitsProperties limits = new IrpcLimitsProperties();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public InetAddress getAddress() {
		return this.address;
	}

	public void setAddress(InetAddress address) {
		this.address = address;
	}

	public @Nullable Integer getPort() {
		return this.port;
	}

	public void setPort(@Nullable Integer port) {
		this.port = port;
	}

	public @Nullable Path getUnixSocket() {
		return this.unixSocket;
	}

	public void setUnixSocket(@Nullable Path unixSocket) {
		this.unixSocket = unixSocket;
	}

	public Exposure getExposure() {
		return this.exposure;
	}

	public void setExposure(Exposure exposure) {
		this.exposure = exposure;
	}

	public UnknownArguments.Policy getUnknownArguments() {
		return this.unknownArguments;
	}

	public void setUnknownArguments(UnknownArguments.Policy unknownArguments) {
		this.unknownArguments = unknownArguments;
	}

	public Shutdown getShutdown() {
		return this.shutdown;
	}

	public IrpcThreadsProperties getThreads() {
		return this.threads;
	}

	public IrpcConnectionProperties getConnection() {
		return this.connection;
	}

	public IrpcLimitsProperties getLimits() {
		return this.limits;
	}

	/**
	 * Properties of the end of the server.
	 */
	public static class Shutdown {

		/**
		 * Time for which sessions go on after the application has begun to refuse
		 * traffic, so that load balancers notice; part of
		 * spring.lifecycle.timeout-per-shutdown-phase.
		 */
		private Duration delay = Duration.ZERO;

		public Duration getDelay() {
			return this.delay;
		}

		public void setDelay(Duration delay) {
			this.delay = delay;
		}

	}

}
