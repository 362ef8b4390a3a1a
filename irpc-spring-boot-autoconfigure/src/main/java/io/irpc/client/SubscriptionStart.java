package io.irpc.client;

import java.lang.reflect.Type;

import io.irpc.protocol.Grammar;

import org.springframework.core.ParameterizedTypeReference;

/**
 * A subscription that has a name only.
 *
 * @param name the name
 * @param client the client
 */
record SubscriptionStart(String name, DefaultIrpcClient client) implements EventSubscriptionSpec.Start {

	SubscriptionStart {
		if (!Grammar.isId(name)) {
			throw new IllegalArgumentException("The name '" + name
					+ "' of a subscription is not allowed by the protocol (expected: 1 to 64 letters, digits, '_' and"
					+ " '-')");
		}
	}

	@Override
	public <T> EventSubscriptionSpec<T> to(String event, Class<T> type) {
		return toType(event, type);
	}

	@Override
	public <T> EventSubscriptionSpec<T> to(String event, ParameterizedTypeReference<T> type) {
		return toType(event, type.getType());
	}

	<T> EventSubscriptionSpec<T> toType(String event, Type type) {
		if (!Grammar.isQualifiedName(event)) {
			throw new IllegalArgumentException("The name '" + event
					+ "' of an event is not allowed by the protocol (expected: letters, digits and '_', parts joined by"
					+ " '.')");
		}
		return new DefaultEventSubscriptionSpec<>(this.name, event, this.client.converter().reader(type), this.client);
	}

}
