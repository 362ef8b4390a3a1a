package io.irpc.actuate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.irpc.protocol.Argument;
import io.irpc.service.FunctionArgument;
import io.irpc.service.ServiceMethod;
import io.irpc.session.BoundArguments;
import io.irpc.session.PeerIdentity;
import org.jspecify.annotations.Nullable;

/**
 * The last uses of one function. The clients that have not used it for the longest time
 * are forgotten, as anybody can call itself anything. Safe for use by many threads.
 */
final class FunctionUse {

	/**
	 * How many versions of clients are remembered.
	 */
	static final int MAX_CLIENTS = 32;

	private static final float LOAD_FACTOR = 0.75f;

	private final List<String> arguments;

	private final Map<String, String> aliases = new HashMap<>();

	private final String name;

	private final Map<String, Instant> lastUsed = new HashMap<>();

	private final Map<Client, Last> clients = new LinkedHashMap<>(MAX_CLIENTS, LOAD_FACTOR, true);

	private @Nullable Instant time;

	private long forgotten;

	/**
	 * Create an instance for a function that was not used yet.
	 * @param function the function
	 */
	FunctionUse(ServiceMethod function) {
		this.name = function.name();
		this.arguments = function.arguments();
		for (FunctionArgument argument : function.describeArguments()) {
			argument.aliases().forEach((alias) -> this.aliases.put(alias, argument.name()));
		}
	}

	/**
	 * The function is used.
	 * @param usedName the name that it is called by
	 * @param sent the arguments sent
	 * @param peer the client
	 * @param time the time
	 */
	void record(String usedName, List<Argument> sent, PeerIdentity peer, Instant time) {
		// refuses what the function would refuse in the same words
		BoundArguments bound = BoundArguments.bind(sent, this.arguments, this.aliases);
		synchronized (this) {
			Last last = this.clients.computeIfAbsent(Client.of(peer), (key) -> new Last(time));
			this.time = time;
			last.time = time;
			for (int i = 0; i < this.arguments.size(); i++) {
				if (bound.get(i) != null) {
					this.lastUsed.put(this.arguments.get(i), time);
					last.arguments.put(this.arguments.get(i), time);
				}
			}
			if (!usedName.equals(this.name)) {
				last.aliases.put(usedName, time);
			}
			for (Argument argument : sent) {
				if (argument.name() != null && this.aliases.containsKey(argument.name())) {
					last.aliases.put(argument.name(), time);
				}
			}
			forget();
		}
	}

	private void forget() {
		if (this.clients.size() > MAX_CLIENTS) {
			this.clients.remove(this.clients.keySet().iterator().next());
			this.forgotten++;
		}
	}

	/**
	 * Return when the function was used last.
	 * @return the time, {@code null} for never
	 */
	synchronized @Nullable Instant lastUsed() {
		return this.time;
	}

	/**
	 * Return when an argument was used last.
	 * @param argument the name of the argument
	 * @return the time, {@code null} for never
	 */
	synchronized @Nullable Instant lastUsed(String argument) {
		return this.lastUsed.get(argument);
	}

	/**
	 * Return who has used the function.
	 * @return the clients, who has used it last first
	 */
	synchronized List<ClientUse> clients() {
		List<ClientUse> result = new ArrayList<>();
		this.clients.forEach((client, last) -> result.add(0, last.by(client)));
		return result;
	}

	/**
	 * Return how often a client was forgotten.
	 * @return the number
	 */
	synchronized long forgottenClients() {
		return this.forgotten;
	}

	/**
	 * When something was used last.
	 */
	private static final class Last {

		private final Map<String, Instant> arguments = new TreeMap<>();

		private final Map<String, Instant> aliases = new TreeMap<>();

		private Instant time;

		Last(Instant time) {
			this.time = time;
		}

		ClientUse by(Client client) {
			return new ClientUse(client.name(), client.version(), this.time, new TreeMap<>(this.arguments),
					new TreeMap<>(this.aliases));
		}

	}

	/**
	 * A version of a client.
	 *
	 * @param name its name, {@code null} if it does not say
	 * @param version its version, {@code null} if it does not say
	 */
	record Client(@Nullable String name, @Nullable String version) {

		static Client of(PeerIdentity peer) {
			return new Client(peer.name().isEmpty() ? null : peer.name(), peer.release());
		}

	}

	/**
	 * When a client has used a function last.
	 *
	 * @param name the name of the client, {@code null} if it does not say
	 * @param version the version of the client, {@code null} if it does not say
	 * @param lastUsed when it has used the function
	 * @param arguments when it has used which argument
	 * @param aliases when it has used which older name, of the function or of an argument
	 */
	record ClientUse(@Nullable String name, @Nullable String version, Instant lastUsed, Map<String, Instant> arguments,
			Map<String, Instant> aliases) {

	}

}
