package io.irpc.server;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.irpc.service.ServiceMethodRegistry;
import io.irpc.session.SessionManager;
import io.irpc.session.WorkerPool;
import io.irpc.transport.IrpcServerTransport;
import io.irpc.transport.PublicKeyPin;
import io.irpc.transport.ServerSecurity;
import io.irpc.transport.TlsContext;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;

/**
 * The listener inside an application: starts after everything else, stops before it. At
 * the stop, and when it is drained on request, the application refuses traffic, then
 * peers are sent away, running commands finish for a bounded time, subscriptions end, and
 * the sessions are closed.
 *
 * @since 0.1.0
 */
public final class IrpcServer implements SmartLifecycle {

	/**
	 * The phase of the server.
	 */
	public static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 1024;

	private static final Log logger = LogFactory.getLog(IrpcServer.class);

	private static final String NOT_RUNNING = "The IRPC server does not run";

	private final IrpcServerSettings settings;

	private final ServiceMethodRegistry functions;

	private final ExposureTable exposure;

	private final SessionManager sessions;

	private final WorkerPool workers;

	private final ServerSecurity security;

	private final ApplicationEventPublisher publisher;

	private final ServerDrain drain;

	private final AtomicReference<IrpcServerState> state = new AtomicReference<>(IrpcServerState.STOPPED);

	private volatile @Nullable Listening listening;

	private volatile boolean stopping;

	/**
	 * Create a server.
	 * @param settings what it needs to know
	 * @param functions the functions that it publishes
	 * @param exposure knows who reaches them
	 * @param sessions makes sessions of connections
	 * @param workers runs functions, started and stopped with the server
	 * @param security how to cipher connections
	 * @param publisher publishes {@link IrpcServerStartedEvent} and
	 * {@link IrpcServerDrainEvent}
	 */
	public IrpcServer(IrpcServerSettings settings, ServiceMethodRegistry functions, ExposureTable exposure,
			SessionManager sessions, WorkerPool workers, ServerSecurity security, ApplicationEventPublisher publisher) {
		this.settings = settings;
		this.functions = functions;
		this.exposure = exposure;
		this.sessions = sessions;
		this.workers = workers;
		this.security = security;
		this.publisher = publisher;
		this.drain = new ServerDrain(sessions, settings,
				(phase) -> publisher.publishEvent(new IrpcServerDrainEvent(this, phase)));
	}

	/**
	 * Return the state.
	 * @return the state at this moment
	 */
	public IrpcServerState state() {
		return Objects.requireNonNull(this.state.get());
	}

	/**
	 * Return the address that the server listens on, besides a Unix domain socket.
	 * @return a TCP address with the actual port, or Netty's address inside this process
	 * @throws IllegalStateException if the server does not run
	 */
	public SocketAddress address() {
		Listening current = this.listening;
		if (current == null) {
			throw new IllegalStateException(NOT_RUNNING);
		}
		return current.address();
	}

	/**
	 * Return the TCP port that the server listens on.
	 * @return the actual port
	 * @throws IllegalStateException if the server does not run, or listens on no port
	 */
	public int port() {
		if (address() instanceof InetSocketAddress tcp) {
			return tcp.getPort();
		}
		throw new IllegalStateException("The IRPC server listens on no port, but on " + address());
	}

	/**
	 * Return the pin of the key that the server shows now (protocol §1).
	 * @return the pin, {@code null} without TLS
	 */
	public @Nullable PublicKeyPin pin() {
		Supplier<TlsContext> tls = this.security.tls();
		return (tls != null) ? tls.get().pin() : null;
	}

	/**
	 * Return the certificate that the server shows now (protocol §1).
	 * @return the certificate, {@code null} without TLS or if it is unknown
	 */
	public @Nullable X509Certificate certificate() {
		Supplier<TlsContext> tls = this.security.tls();
		return (tls != null) ? tls.get().certificate() : null;
	}

	@Override
	public void start() {
		if (listen()) {
			this.publisher.publishEvent(new IrpcServerStartedEvent(this));
		}
	}

	// not while it stops, which may take longer than the application waits for it
	private synchronized boolean listen() {
		if (!this.settings.alwaysOn() && !this.functions.hasServices()) {
			logger.debug("No @IrpcService and no irpc.server.port: the IRPC server does not start");
			return false;
		}
		this.exposure.check();
		NetworkExposure.check(this.settings, this.exposure, this.functions, this.security);
		IrpcServerTransport transport = new IrpcServerTransport(this.settings.connection(), this.security,
				this.sessions::open);
		try {
			this.workers.start();
			Listening opened = Listening.open(transport, this.settings);
			this.listening = opened;
			this.state.set(IrpcServerState.LISTENING);
			logger.info("IRPC server listens on " + String.join(" and on ", opened.descriptions()) + " with "
					+ this.functions.names().size() + " functions");
			this.exposure.listening(opened.descriptions());
		}
		catch (RuntimeException ex) {
			transport.close();
			this.workers.stop();
			throw ex;
		}
		return true;
	}

	@Override
	public void stop(Runnable callback) {
		Thread thread = new Thread(() -> {
			try {
				stop();
			}
			finally {
				callback.run();
			}
		}, "irpc-server-stop");
		thread.start();
	}

	@Override
	public void stop() {
		this.stopping = true;
		try {
			end(IrpcServerState.STOPPED);
		}
		finally {
			this.stopping = false;
		}
	}

	/**
	 * End all sessions as at the stop of the application, and accept no more until the
	 * server is started again. The application goes on, but refuses traffic.
	 * @return completed when that is done, on a thread that may block; the state is
	 * {@link IrpcServerState#DRAINED} then
	 * @throws IllegalStateException if the server is stopped
	 */
	public CompletableFuture<Void> drain() {
		this.state.compareAndSet(IrpcServerState.LISTENING, IrpcServerState.DRAINING);
		if (state() == IrpcServerState.STOPPED) {
			throw new IllegalStateException(NOT_RUNNING);
		}
		return (state() == IrpcServerState.DRAINED) ? CompletableFuture.completedFuture(null) : CompletableFuture
			.runAsync(() -> end(IrpcServerState.DRAINED), (task) -> new Thread(task, "irpc-server-drain").start());
	}

	// whoever comes second waits until it is done
	private synchronized void end(IrpcServerState afterwards) {
		Listening current = this.listening;
		if (current == null) {
			return;
		}
		this.state.set(IrpcServerState.DRAINING);
		this.drain.run(current.transport()::stopAccepting);
		this.workers.stop();
		current.transport().close();
		this.listening = null;
		this.state.set(afterwards);
		logger.info((afterwards == IrpcServerState.DRAINED)
				? "IRPC server is drained and accepts nothing until it is started again" : "IRPC server stopped");
	}

	// one that is drained is still to be stopped, one that stops may be started again
	@Override
	public boolean isRunning() {
		return this.listening != null && !this.stopping;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
