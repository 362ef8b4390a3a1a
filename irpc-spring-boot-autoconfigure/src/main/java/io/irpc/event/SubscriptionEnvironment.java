package io.irpc.event;

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
 * @since 0.1.0
 */
public record SubscriptionEnvironment(AccessPolicy policy, EventJournal journal, Selections selections,
		Executor readers) {

}
