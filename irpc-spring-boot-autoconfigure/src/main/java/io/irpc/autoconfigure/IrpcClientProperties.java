package io.irpc.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.irpc.call.Completion;
import io.irpc.client.AddressOrder;
import io.irpc.client.Startup;
import io.irpc.client.WhileDisconnected;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * Properties of an IRPC client.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("irpc.client")
public class IrpcClientProperties {

	/**
	 * Addresses of the server: host:port, host alone for port 10123, unix:/path for a
	 * Unix domain socket, discovery:service for the instances of a service, or the
	 * irpc:// line that a server with a key of its own logs.
	 */
	private List<String> address = new ArrayList<>();

	/**
	 * Which of several addresses comes first.
	 */
	private AddressOrder addressOrder = AddressOrder.FAIL_OVER;

	/**
	 * Name that the client tells the server; spring.application.name if not set.
	 */
	private @Nullable String name;

	/**
	 * Name of the user to log in as.
	 */
	private @Nullable String username;

	/**
	 * Password of the user to log in as.
	 */
	private @Nullable String password;

	/**
	 * Token to log in with, in place of a user name and a password.
	 */
	private @Nullable String token;

	/**
	 * File with the credentials that servers give clients when they are paired;
	 * .irpc/credentials.json in the user's home directory if not set.
	 */
	private @Nullable Path credentialsFile;

	/**
	 * Time that a call waits for its answer unless it says otherwise.
	 */
	private Duration timeout = Duration.ofSeconds(30);

	/**
	 * Time for a connection to be established.
	 */
	private Duration connectTimeout = Duration.ofSeconds(10);

	/**
	 * What happens to calls while there is no connection.
	 */
	private WhileDisconnected whileDisconnected = WhileDisconnected.FAIL;

	/**
	 * Which thread completes asynchronous calls. What follows them on the event loop must
	 * not wait.
	 */
	private Completion completion = Completion.WORKER;

	/**
	 * What the start of the application does about the first connection.
	 */
	private Startup startup = Startup.BACKGROUND;

	/**
	 * Time that the start of the application waits for the first connection, if it does.
	 */
	private Duration startupTimeout = Duration.ofSeconds(30);

	/**
	 * Interval of pings to ask the server for, 15s to 300s; that of the server if not
	 * set.
	 */
	private @Nullable Duration keepAlive;

	private final Health health = new Health();

	@NestedConfigurationProperty
	private final IrpcClientSslProperties ssl = new IrpcClientSslProperties();

	@NestedConfigurationProperty
	private final Reconnect reconnect = new Reconnect();

	@NestedConfigurationProperty
	private final Threads threads = new Threads();

	@NestedConfigurationProperty
	private final IrpcConnectionProperties connection = new IrpcConnectionProperties();

	public List<String> getAddress() {
		return this.address;
	}

	public void setAddress(List<String> address) {
		this.address = address;
	}

	public AddressOrder getAddressOrder() {
		return this.addressOrder;
	}

	public void setAddressOrder(AddressOrder addressOrder) {
		this.addressOrder = addressOrder;
	}

	public @Nullable String getName() {
		return this.name;
	}

	public void setName(@Nullable String name) {
		this.name = name;
	}

	public @Nullable String getUsername() {
		return this.username;
	}

	public void setUsername(@Nullable String username) {
		this.username = username;
	}

	public @Nullable String getPassword() {
		return this.password;
	}

	public void setPassword(@Nullable String password) {
		this.password = password;
	}

	public @Nullable String getToken() {
		return this.token;
	}

	public void setToken(@Nullable String token) {
		this.token = token;
	}

	public @Nullable Path getCredentialsFile() {
		return this.credentialsFile;
	}

	public void setCredentialsFile(@Nullable Path credentialsFile) {
		this.credentialsFile = credentialsFile;
	}

	public Duration getTimeout() {
		return this.timeout;
	}

	public void setTimeout(Duration timeout) {
		this.timeout = timeout;
	}

	public Duration getConnectTimeout() {
		return this.connectTimeout;
	}

	public void setConnectTimeout(Duration connectTimeout) {
		this.connectTimeout = connectTimeout;
	}

	public WhileDisconnected getWhileDisconnected() {
		return this.whileDisconnected;
	}

	public void setWhileDisconnected(WhileDisconnected whileDisconnected) {
		this.whileDisconnected = whileDisconnected;
	}

	public Completion getCompletion() {
		return this.completion;
	}

	public void setCompletion(Completion completion) {
		this.completion = completion;
	}

	public Startup getStartup() {
		return this.startup;
	}

	public void setStartup(Startup startup) {
		this.startup = startup;
	}

	public Duration getStartupTimeout() {
		return this.startupTimeout;
	}

	public void setStartupTimeout(Duration startupTimeout) {
		this.startupTimeout = startupTimeout;
	}

	public @Nullable Duration getKeepAlive() {
		return this.keepAlive;
	}

	public void setKeepAlive(@Nullable Duration keepAlive) {
		this.keepAlive = keepAlive;
	}

	public Health getHealth() {
		return this.health;
	}

	public IrpcClientSslProperties getSsl() {
		return this.ssl;
	}

	public Reconnect getReconnect() {
		return this.reconnect;
	}

	public Threads getThreads() {
		return this.threads;
	}

	public IrpcConnectionProperties getConnection() {
		return this.connection;
	}

	/**
	 * Properties of the time between attempts to connect: random, up to a bound that
	 * doubles with each failure.
	 */
	public static class Reconnect {

		/**
		 * Bound of the time after the first failure.
		 */
		private Duration initialDelay = Duration.ofMillis(500);

		/**
		 * Greatest bound of the time.
		 */
		private Duration maxDelay = Duration.ofSeconds(30);

		public Duration getInitialDelay() {
			return this.initialDelay;
		}

		public void setInitialDelay(Duration initialDelay) {
			this.initialDelay = initialDelay;
		}

		public Duration getMaxDelay() {
			return this.maxDelay;
		}

		public void setMaxDelay(Duration maxDelay) {
			this.maxDelay = maxDelay;
		}

	}

	/**
	 * Properties of what the client means to the health of the application.
	 */
	public static class Health {

		/**
		 * Whether the application is down while the client is not connected. Otherwise
		 * its health is unknown then.
		 */
		private boolean required;

		public boolean isRequired() {
			return this.required;
		}

		public void setRequired(boolean required) {
			this.required = required;
		}

	}

	/**
	 * Properties of the threads that handle events and complete asynchronous calls.
	 */
	public static class Threads {

		/**
		 * Whether to use virtual threads where the Java runtime has them (21 or later).
		 */
		private boolean virtual = true;

		/**
		 * Maximum number of threads of this client alone where they are not virtual,
		 * besides up to 256 that wait for futures. A quarter may belong to event loops.
		 * Unless it is set, all such clients of the process share up to 256 threads.
		 */
		private @Nullable Integer max;

		public boolean isVirtual() {
			return this.virtual;
		}

		public void setVirtual(boolean virtual) {
			this.virtual = virtual;
		}

		public @Nullable Integer getMax() {
			return this.max;
		}

		public void setMax(@Nullable Integer max) {
			this.max = max;
		}

	}

}
