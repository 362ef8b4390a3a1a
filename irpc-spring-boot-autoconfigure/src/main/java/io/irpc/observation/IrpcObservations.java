package io.irpc.observation;

import java.util.Set;

import io.irpc.call.CallObserver;
import io.irpc.client.ClientObservers;
import io.irpc.event.RaiseObserver;
import io.irpc.session.CommandObserver;
import io.micrometer.observation.ObservationRegistry;

/**
 * Makes those who observe servers and clients for one registry. Auto-configuration does
 * so where there is an {@link ObservationRegistry}; a client that is built by hand is
 * given {@link #client()}.
 *
 * @since 0.1.0
 */
public final class IrpcObservations {

	/**
	 * Commands that steer the session or another command, and say nothing by themselves.
	 */
	private static final Set<String> CONTROL = Set.of("ping", "cancel", "request");

	/**
	 * What a client receives as well, and observes when it is handled.
	 */
	private static final Set<String> CONTROL_AND_FIRINGS = Set.of("ping", "cancel", "request", "callback");

	private final ObservationRegistry registry;

	private final IrpcObservationConventions conventions;

	private final ClientRequestObserver calls;

	/**
	 * Create an instance.
	 * @param registry where observations go
	 * @param conventions name and describe them
	 */
	public IrpcObservations(ObservationRegistry registry, IrpcObservationConventions conventions) {
		this.registry = registry;
		this.conventions = conventions;
		this.calls = new ClientRequestObserver(registry, conventions.clientRequests());
	}

	/**
	 * Return whether observations lead nowhere, so that calls need not be surrounded.
	 * @return {@code true} if the registry has no handlers
	 */
	public boolean isNoop() {
		return this.registry.isNoop();
	}

	/**
	 * Return what observes the commands that a server receives.
	 * @return the observer
	 */
	public CommandObserver commands() {
		return new ServerRequestObserver(this.registry, this.conventions.serverRequests(), CONTROL);
	}

	/**
	 * Return what observes calls.
	 * @return the observer
	 */
	public CallObserver calls() {
		return this.calls;
	}

	/**
	 * Return what observes the raising of events.
	 * @return the observer
	 */
	public RaiseObserver raises() {
		return new EventRaiseObserver(this.registry, this.conventions.eventRaises());
	}

	/**
	 * Return what observes a client: its calls, the commands of its server, and the
	 * handling of events.
	 * @return the observers, for {@code IrpcClientBuilder.observers}
	 */
	public ClientObservers client() {
		return new ClientObservers(this.calls,
				new ServerRequestObserver(this.registry, this.conventions.serverRequests(), CONTROL_AND_FIRINGS),
				new ClientEventObserver(this.registry, this.conventions.clientEvents()));
	}

}
