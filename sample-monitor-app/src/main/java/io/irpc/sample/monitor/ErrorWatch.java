package io.irpc.sample.monitor;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;

import io.irpc.client.ConnectionState;
import io.irpc.client.EventSubscription;
import io.irpc.client.IrpcClient;
import io.irpc.client.IrpcClientStateEvent;
import io.irpc.client.RemoteCallException;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.sample.api.ErrorRaised;
import io.irpc.sample.api.ErrorsService;
import org.jspecify.annotations.Nullable;

import org.springframework.context.event.EventListener;

/**
 * Shows the errors since the last one shown, then each new one as it happens, over any
 * number of connections.
 */
final class ErrorWatch {

	private static final int PAGE = 500;

	private final IrpcClient client;

	private final ErrorsService errors;

	private final Terminal terminal;

	private final LastSeen lastSeen;

	private @Nullable EventSubscription subscription;

	private @Nullable ConnectionState told;

	private boolean upToDate;

	ErrorWatch(IrpcClient client, Terminal terminal, LastSeen lastSeen) {
		this.client = client;
		this.errors = client.proxy(ErrorsService.class);
		this.terminal = terminal;
		this.lastSeen = lastSeen;
	}

	/**
	 * Begin to watch.
	 */
	synchronized void start() {
		this.terminal.say("Connecting to the daemon...");
		this.subscription = this.client.listen("errorRaised", ErrorRaised.class, this::raised);
		tell(this.client.state());
	}

	@EventListener
	synchronized void stateChanged(IrpcClientStateEvent event) {
		tell(event.state());
	}

	private void tell(ConnectionState state) {
		EventSubscription current = this.subscription;
		if (current == null || state == this.told) {
			return;
		}
		if (state == ConnectionState.CONNECTED) {
			this.told = state;
			// only what is raised from now on comes by itself, so ask for the rest after
			// it
			current.whenActive().thenRun(this::catchUp).exceptionally((ex) -> {
				if (cause(ex) instanceof RemoteCallException refusal) {
					this.terminal.say("The daemon refuses to tell of errors: " + refusal.getMessage());
				}
				return null;
			});
		}
		else if (state == ConnectionState.DISCONNECTED) {
			this.told = state;
			this.upToDate = false;
			// calls fail at once as long as there is no connection, and tell why
			this.client.call("whoami").retrieveAsync(String.class).whenComplete((user, ex) -> {
				if (ex != null) {
					sayWhy(cause(ex));
				}
			});
		}
	}

	private static Throwable cause(Throwable failure) {
		return (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause() : failure;
	}

	private void sayWhy(Throwable failure) {
		boolean refused = failure instanceof IrpcException known && known.code() == ErrorCode.UNAUTHENTICATED;
		this.terminal.say(refused ? "The daemon refuses the login: start again with other credentials."
				: "No connection to the daemon, trying again...");
	}

	private synchronized void catchUp() {
		Instant since = this.lastSeen.at();
		try {
			List<ErrorRaised> page = this.errors.list(since, PAGE);
			this.terminal.say((since != null) ? "Connected. Errors since " + Terminal.time(since) + ":"
					: "Connected. The last errors:");
			if (page.isEmpty()) {
				this.terminal.say("  none");
			}
			while (!page.isEmpty()) {
				page.forEach(this::show);
				page = (page.size() < PAGE) ? List.of() : this.errors.list(this.lastSeen.at(), PAGE);
			}
			this.upToDate = true;
			this.terminal.say("Waiting for new errors (Ctrl+C ends).");
		}
		catch (IrpcException ex) {
			this.terminal.say("Cannot ask for the errors: " + ex.getMessage());
		}
	}

	private synchronized void raised(ErrorRaised error) {
		// before it is up to date, the errors asked for have this one among them
		if (this.upToDate) {
			show(error);
		}
	}

	private void show(ErrorRaised error) {
		if (this.lastSeen.isNew(error)) {
			this.terminal.show(error);
			this.lastSeen.remember(error);
		}
	}

}
