package io.irpc.client;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

import io.irpc.call.CallObserver;
import io.irpc.call.ClientInterceptor;
import io.irpc.call.Completion;
import io.irpc.call.Interception;
import io.irpc.payload.PayloadConverter;
import io.irpc.session.WorkerPool;
import io.irpc.transport.ConnectionOptions;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Builds clients, with or without an application context. What is not set has the
 * defaults of the properties {@code irpc.client.*}. Not safe for use by several threads.
 *
 * @since 0.1.0
 * @see IrpcClient#builder()
 */
public final class IrpcClientBuilder {

	private static final String THREAD_NAME_PREFIX = "irpc-client-";

	private static final boolean VIRTUAL = Runtime.version().feature() >= 21;

	private static final int MAX_SHARED_THREADS = 256;

	private static final WorkerPool VIRTUAL_THREADS = WorkerPool.ofVirtualThreads(THREAD_NAME_PREFIX);

	private static final WorkerPool PLATFORM_THREADS = WorkerPool.ofPlatformThreads(THREAD_NAME_PREFIX,
			MAX_SHARED_THREADS);

	private final List<IrpcClientListener> listeners = new ArrayList<>();

	private final List<ClientInterceptor> interceptors = new ArrayList<>();

	private @Nullable ClientObservers observers;

	private String name = "irpc-client";

	private @Nullable String release;

	private String qualifier = "default";

	private List<ServerUri> servers = List.of();

	private @Nullable Supplier<List<String>> lookup;

	private @Nullable ServerAddresses addresses;

	private AddressOrder order = AddressOrder.FAIL_OVER;

	private Duration timeout = Duration.ofSeconds(30);

	private Duration connectTimeout = Duration.ofSeconds(10);

	private ReconnectPolicy reconnect = new ReconnectPolicy(Duration.ofMillis(500), Duration.ofSeconds(30));

	private WhileDisconnected whileDisconnected = WhileDisconnected.FAIL;

	private Completion completion = Completion.WORKER;

	private @Nullable Duration keepAlive;

	private @Nullable ClientServices services;

	private final List<Object> published = new ArrayList<>();

	private ConnectionOptions connection = ConnectionOptions.DEFAULTS;

	private TlsChoice tls = TlsChoice.AUTOMATIC;

	private @Nullable ClientCredentials credentials;

	private @Nullable Path credentialsFile;

	private @Nullable PayloadConverter converter;

	private Supplier<WorkerPool> workers = (VIRTUAL ? VIRTUAL_THREADS : PLATFORM_THREADS)::sharing;

	IrpcClientBuilder() {
	}

	/**
	 * Set the name that the client tells the server (protocol §6).
	 * @param newName the name
	 * @return this
	 */
	public IrpcClientBuilder name(String newName) {
		this.name = newName;
		return this;
	}

	/**
	 * Set the version of the application that the client tells the server (protocol §6),
	 * so that the server knows which versions still use what.
	 * @param newRelease the version
	 * @return this
	 */
	public IrpcClientBuilder release(String newRelease) {
		this.release = newRelease;
		return this;
	}

	/**
	 * Set what the application knows the client by, which interceptors are told.
	 * @param newQualifier the qualifier, {@code default} unless it is set
	 * @return this
	 */
	public IrpcClientBuilder qualifier(String newQualifier) {
		this.qualifier = newQualifier;
		return this;
	}

	/**
	 * Set where the server is to be had, in place of what was set before.
	 * @param texts one or several of {@code host:port}, {@code host} for port 10123,
	 * {@code [IPv6]:port}, {@code unix:/path}, or the {@code irpc://} line that a server
	 * with a key of its own logs
	 * @return this
	 * @throws IllegalArgumentException if one of them is none of these
	 */
	public IrpcClientBuilder address(String... texts) {
		this.servers = Arrays.stream(texts).map(ServerUri::parse).toList();
		this.lookup = null;
		this.addresses = null;
		return this;
	}

	/**
	 * Set how to find out where the server is to be had, in place of what was set before.
	 * @param texts asked before each attempt to connect, on a thread that may block, for
	 * one or several of the forms that {@link #address(String...)} takes, without pairing
	 * codes
	 * @return this
	 */
	public IrpcClientBuilder address(Supplier<List<String>> texts) {
		this.servers = List.of();
		this.lookup = texts;
		this.addresses = null;
		return this;
	}

	/**
	 * Set where the server is to be had, in place of what was set before. The addresses
	 * themselves say how connections to them are ciphered.
	 * @param newAddresses asked before each attempt to connect
	 * @return this
	 */
	public IrpcClientBuilder addresses(ServerAddresses newAddresses) {
		this.servers = List.of();
		this.lookup = null;
		this.addresses = newAddresses;
		return this;
	}

	/**
	 * Set which of several addresses comes first.
	 * @param newOrder the order
	 * @return this
	 */
	public IrpcClientBuilder order(AddressOrder newOrder) {
		this.order = newOrder;
		return this;
	}

	/**
	 * Set how long a call waits for its answer unless it says otherwise.
	 * @param newTimeout a time above 0
	 * @return this
	 */
	public IrpcClientBuilder timeout(Duration newTimeout) {
		this.timeout = newTimeout;
		return this;
	}

	/**
	 * Set how long an attempt to connect to one address may take.
	 * @param newTimeout a time above 0
	 * @return this
	 */
	public IrpcClientBuilder connectTimeout(Duration newTimeout) {
		this.connectTimeout = newTimeout;
		return this;
	}

	/**
	 * Set how long to wait between attempts to connect.
	 * @param policy the policy
	 * @return this
	 */
	public IrpcClientBuilder reconnect(ReconnectPolicy policy) {
		this.reconnect = policy;
		return this;
	}

	/**
	 * Set what happens to calls while there is no connection.
	 * @param behaviour what happens
	 * @return this
	 */
	public IrpcClientBuilder whileDisconnected(WhileDisconnected behaviour) {
		this.whileDisconnected = behaviour;
		return this;
	}

	/**
	 * Set which thread completes asynchronous calls.
	 * @param thread the thread, {@link Completion#WORKER} unless it is set
	 * @return this
	 */
	public IrpcClientBuilder completion(Completion thread) {
		this.completion = thread;
		return this;
	}

	/**
	 * Set the interval of pings to ask the server for (protocol §6). Unless it is set,
	 * that of the server holds.
	 * @param interval 15 to 300 seconds
	 * @return this
	 */
	public IrpcClientBuilder keepAlive(Duration interval) {
		this.keepAlive = interval;
		return this;
	}

	/**
	 * Set limits and times of connections.
	 * @param options the options
	 * @return this
	 */
	public IrpcClientBuilder connection(ConnectionOptions options) {
		this.connection = options;
		return this;
	}

	/**
	 * Use TLS for all TCP connections. Unless this or {@link #plainText()} is set, it is
	 * used where there is a pin and to every other machine, with the trust of the Java
	 * runtime.
	 * @param newTls ciphers the connections
	 * @return this
	 */
	public IrpcClientBuilder tls(ClientTls newTls) {
		this.tls = TlsChoice.of(newTls);
		return this;
	}

	/**
	 * Use no TLS, which is for peers that have none. Credentials are never sent to
	 * another machine that way.
	 * @return this
	 */
	public IrpcClientBuilder plainText() {
		this.tls = TlsChoice.PLAIN_TEXT;
		return this;
	}

	/**
	 * Set what to log in with.
	 * @param newCredentials asked for each connection
	 * @return this
	 */
	public IrpcClientBuilder credentials(ClientCredentials newCredentials) {
		this.credentials = newCredentials;
		return this;
	}

	/**
	 * Set what to log in with, which does not change.
	 * @param newCredentials the credentials
	 * @return this
	 */
	public IrpcClientBuilder credentials(Credentials newCredentials) {
		return credentials(() -> newCredentials);
	}

	/**
	 * Set where to keep the credentials that a server gives the client when they are
	 * paired. Unless it is set, that is {@code .irpc/credentials.json} in the user's home
	 * directory.
	 * @param file the file, which need not exist
	 * @return this
	 */
	public IrpcClientBuilder credentialsFile(Path file) {
		this.credentialsFile = file;
		return this;
	}

	/**
	 * Set what converts between JSON and Java, by the mapper to copy.
	 * @param mapper the mapper, which is not changed
	 * @return this
	 */
	public IrpcClientBuilder jsonMapper(JsonMapper mapper) {
		return converter(new PayloadConverter(mapper));
	}

	/**
	 * Set what converts between JSON and Java.
	 * @param newConverter the converter
	 * @return this
	 */
	public IrpcClientBuilder converter(PayloadConverter newConverter) {
		this.converter = newConverter;
		return this;
	}

	/**
	 * Add somebody to be told of what happens to the client.
	 * @param listener told after those that were added before
	 * @return this
	 */
	public IrpcClientBuilder listener(IrpcClientListener listener) {
		this.listeners.add(listener);
		return this;
	}

	/**
	 * Add those who surround the calls of the client.
	 * @param added those who do, inside of those that were added before
	 * @return this
	 */
	public IrpcClientBuilder interceptors(ClientInterceptor... added) {
		this.interceptors.addAll(List.of(added));
		return this;
	}

	/**
	 * Set who sees what the client does, outside of all interceptors.
	 * @param newObservers the observers, such as those that
	 * {@code io.irpc.observation.IrpcObservations} makes
	 * @return this
	 */
	public IrpcClientBuilder observers(ClientObservers newObservers) {
		this.observers = newObservers;
		return this;
	}

	/**
	 * Run handlers of events and complete asynchronous calls on platform threads that
	 * clients share. That is the default where the runtime has no virtual threads.
	 * @return this
	 */
	public IrpcClientBuilder platformThreads() {
		this.workers = PLATFORM_THREADS::sharing;
		return this;
	}

	/**
	 * Run handlers of events and complete asynchronous calls on platform threads of this
	 * client alone, so that those of other clients neither wait for it nor keep it
	 * waiting. The threads that read and write are shared.
	 * @param max how many threads at the most, above 0
	 * @return this
	 */
	public IrpcClientBuilder platformThreads(int max) {
		if (max <= 0) {
			throw new IllegalArgumentException("platformThreads: " + max + " (expected: > 0)");
		}
		this.workers = () -> WorkerPool.ofPlatformThreads(THREAD_NAME_PREFIX, max);
		return this;
	}

	/**
	 * Publish the functions of objects for the server, which can call them on the session
	 * that this client has opened.
	 * @param services objects with a class or interface annotated with
	 * {@link io.irpc.annotation.IrpcService}
	 * @return this builder
	 */
	public IrpcClientBuilder publish(Object... services) {
		this.published.addAll(List.of(services));
		return this;
	}

	/**
	 * Publish functions for the server in place of all others.
	 * @param clientServices the functions
	 * @return this builder
	 */
	public IrpcClientBuilder services(ClientServices clientServices) {
		this.services = clientServices;
		return this;
	}

	/**
	 * Build a client that connects as soon as it is told to or used. It has to be closed,
	 * as it has threads, though it may share them with others.
	 * @return the client
	 * @throws IllegalArgumentException if there is no address, or what was set does not
	 * go together
	 */
	public IrpcClient build() {
		PayloadConverter converting = (this.converter != null) ? this.converter
				: new PayloadConverter(new JsonMapper());
		ClientServices publishing = this.services;
		if (publishing == null && !this.published.isEmpty()) {
			publishing = ClientServices.of(this.published, converting);
		}
		return new DefaultIrpcClient(settings(), converting, this.workers.get(),
				new ClientListeners(List.copyOf(this.listeners)), publishing, interception(), this.observers);
	}

	private Interception interception() {
		CallObserver observer = (this.observers != null) ? this.observers.calls() : CallObserver.NONE;
		return new Interception(this.qualifier, observer, List.copyOf(this.interceptors));
	}

	private IrpcClientSettings settings() {
		ServerAddresses where = this.addresses;
		ClientCredentials login = this.credentials;
		if (this.lookup != null) {
			where = new LookedUpAddresses(this.lookup, this.tls);
		}
		if (where == null) {
			if (this.servers.isEmpty()) {
				throw new IllegalArgumentException("There is no address of a server (expected: one or several)");
			}
			List<ServerAddress> ciphered = this.tls.decide(this.servers);
			login = new LoginChoice(login, this.credentialsFile).decide(this.servers, ciphered);
			where = ServerAddresses.of(ciphered.toArray(ServerAddress[]::new));
		}
		return new IrpcClientSettings(this.name, this.release, where, this.order, this.timeout, this.connectTimeout,
				this.reconnect, this.whileDisconnected, this.completion, this.keepAlive, this.connection, login);
	}

}
