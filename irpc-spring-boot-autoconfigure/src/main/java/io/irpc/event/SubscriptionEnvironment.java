package io.irpc.event;

import java.time.Clock;
import java.util.concurrent.Executor;

import io.irpc.journal.EventJournal;
import io.irpc.service.AccessPolicy;

/**
 * What subscriptions work with.
 *
 * @param policy decides who may receive which event
 * @param journal the journal
 * @param selections select of entries
 * @param readers runs reads of the journal, which may block
 * @param counts counts what subscriptions do
 * @param clock tells how old events are
 * @param observer sees each delivery
 * @since 0.1.0
 */
public record SubscriptionEnvironment(AccessPolicy policy, EventJournal journal, Selections selections,
		Executor readers, SubscriptionCounts counts, Clock clock, DeliveryObserver observer) {

}
