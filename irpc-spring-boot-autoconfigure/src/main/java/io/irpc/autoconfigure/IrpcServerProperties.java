package io.irpc.autoconfigure;

import java.net.InetAddress;
import java.nio.file.Path;

import io.irpc.server.IrpcServerSettings.Exposure;
import io.irpc.service.UnknownArguments;
import io.irpc.session.SessionOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.util.unit.DataSize;

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

	@NestedConfigurationProperty
	private final IrpcThreadsProperties threads = new IrpcThreadsProperties();

	@NestedConfigurationProperty
	private final IrpcConnectionProperties connection = new IrpcConnectionProperties();

	@NestedConfigurationProperty
	private final Limits limits = new Limits();

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

	public IrpcThreadsProperties getThreads() {
		return this.threads;
	}

	public IrpcConnectionProperties getConnection() {
		return this.connection;
	}

	public Limits getLimits() {
		return this.limits;
	}

	/**
	 * Limits of a session.
	 */
	public static class Limits {

		/**
		 * Longest line accepted of a session without a user; the same as
		 * irpc.server.connection.max-message-size if not set.
		 */
		private @Nullable DataSize maxAnonymousMessageSize;

		/**
		 * Number of commands of one session that run at once; more are parked.
		 */
		private int maxRunningCommands = SessionOptions.DEFAULT_MAX_RUNNING_COMMANDS;

		/**
		 * Size of the arguments of the commands of one session that run or are parked;
		 * more are refused.
		 */
		private DataSize maxWaitingSize = DataSize.ofBytes(SessionOptions.DEFAULT_MAX_WAITING_BYTES);

		public @Nullable DataSize getMaxAnonymousMessageSize() {
			return this.maxAnonymousMessageSize;
		}

		public void setMaxAnonymousMessageSize(@Nullable DataSize maxAnonymousMessageSize) {
			this.maxAnonymousMessageSize = maxAnonymousMessageSize;
		}

		public int getMaxRunningCommands() {
			return this.maxRunningCommands;
		}

		public void setMaxRunningCommands(int maxRunningCommands) {
			this.maxRunningCommands = maxRunningCommands;
		}

		public DataSize getMaxWaitingSize() {
			return this.maxWaitingSize;
		}

		public void setMaxWaitingSize(DataSize maxWaitingSize) {
			this.maxWaitingSize = maxWaitingSize;
		}

	}

}
