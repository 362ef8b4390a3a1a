package io.irpc.sample.monitor;

import io.irpc.call.NotConnectedException;
import io.irpc.client.ConnectionInfo;
import io.irpc.client.ConnectionState;
import io.irpc.client.EventGap;
import io.irpc.client.EventSubscription;
import io.irpc.client.EventSubscriptionSpec;
import io.irpc.client.EventSummary;
import io.irpc.client.IrpcClient;
import io.irpc.client.IrpcClientStateEvent;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.sample.api.ErrorRaised;
import io.irpc.sample.api.Severity;
import org.jspecify.annotations.Nullable;

import org.springframework.context.event.EventListener;

/**
 * Shows the errors since the last one shown, then each new one as it happens, over any
 * number of connections. The daemon remembers how far that is.
 */
final class ErrorWatch {

	private final IrpcClient client;

	private final Terminal terminal;

	private final EventSubscriptionSpec<ErrorRaised> errors;

	private @Nullable EventSubscription subscription;

	private @Nullable ConnectionState told;

	private boolean started;

	private long missed;

	ErrorWatch(IrpcClient client, Terminal terminal, String name) {
		this.client = client;
		this.terminal = terminal;
		this.errors = client.subscribe(name)
			.to("errorRaised", ErrorRaised.class)
			.durable()
			.initiallyFromOldest()
			.onGap(this::tellGap);
	}

	/**
	 * Begin to watch.
	 */
	synchronized void start() {
		this.started = true;
		this.terminal.say("Connecting to the daemon...");
		this.client.connect();
		tell(this.client.connection());
	}

	@EventListener
	synchronized void stateChanged(IrpcClientStateEvent event) {
		tell(event.connection());
	}

	private void tell(ConnectionInfo connection) {
		ConnectionState state = connection.state();
		if (!this.started || state == this.told) {
			return;
		}
		if (state == ConnectionState.CONNECTED) {
			this.told = state;
			if (this.subscription == null) {
				subscribe();
			}
			else {
				this.terminal.say("Connected again.");
			}
		}
		else if (state == ConnectionState.DISCONNECTED) {
			this.told = state;
			NotConnectedException failure = connection.lastFailure();
			// none if this application has hung up
			if (failure != null) {
				sayWhy(failure);
			}
		}
	}

	private void subscribe() {
		try {
			EventSummary summary = this.errors.peek("severity");
			this.terminal.say("Connected. " + describe(summary));
			this.missed = summary.count();
			if (this.missed == 0) {
				sayUpToDate();
			}
			this.subscription = this.errors.onEvent(this::show);
		}
		catch (NotConnectedException ex) {
			// the next connection is the first one then
			this.told = null;
		}
		catch (IrpcException ex) {
			// unless it is this application that ends
			if (ex.code() != ErrorCode.CANCELLED) {
				this.terminal.say("The daemon refuses to tell of errors: " + ex.getMessage());
			}
		}
	}

	private static String describe(EventSummary summary) {
		String when = summary.stored() ? " while you were away" : " so far";
		if (summary.count() == 0) {
			return "No errors" + when + ".";
		}
		long high = summary.by().getOrDefault(Severity.HIGH.name(), 0L);
		return (summary.truncated() ? "At least " : "") + summary.count()
				+ ((summary.count() == 1) ? " error" : " errors") + when + " (" + high + " HIGH):";
	}

	private synchronized void show(ErrorRaised error) {
		this.terminal.show(error);
		if (this.missed > 0 && --this.missed == 0) {
			sayUpToDate();
		}
	}

	private void sayUpToDate() {
		this.terminal.say("Waiting for new errors (Ctrl+C ends).");
	}

	private void tellGap(EventGap gap) {
		this.terminal.say("Older errors are missing here: " + gap.reason().description() + ".");
	}

	private void sayWhy(NotConnectedException failure) {
		boolean refused = failure.code() == ErrorCode.UNAUTHENTICATED;
		this.terminal.say(refused ? "The daemon refuses the login: start again with other credentials."
				: "No connection to the daemon, trying again...");
	}

}
