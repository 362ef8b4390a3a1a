package io.irpc.event;

import io.irpc.annotation.IrpcEvent;
import io.irpc.support.NoTransactionManager;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Events raised inside transactions leave after the commit, or never.
 */
class TransactionalEventTests {

	private final ApplicationContextRunner runner = ServerRunner.of();

	private final TransactionTemplate transaction = new TransactionTemplate(new NoTransactionManager());

	@Test
	void whenThereIsNoTransactionThenTheEventLeavesAtOnce() {
		this.runner.run((context) -> {
			context.publishEvent(new Changed(1));
			assertThat(EventDeliveryTests.entries(context)).hasSize(1);
		});
	}

	@Test
	void whenTransactionCommitsThenTheEventLeavesAfterwards() {
		this.runner.run((context) -> {
			context.publishEvent(new Changed(0));
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!monitor@m\tev:transactional")).isEqualTo(">m\t\tnull");
				this.transaction.executeWithoutResult((status) -> {
					context.publishEvent(new Changed(1));
					context.publishEvent(new Changed(2));
					assertThat(EventDeliveryTests.entries(context)).hasSize(1);
				});
				assertThat(client.read()).isEqualTo(">m\tSignal\t{\"number\":1}");
				assertThat(client.read()).isEqualTo(">m\tSignal\t{\"number\":2}");
			}
		});
	}

	@Test
	void whenTransactionIsRolledBackThenTheEventNeverLeaves() {
		this.runner.run((context) -> {
			this.transaction.executeWithoutResult((status) -> {
				context.publishEvent(new Changed(1));
				status.setRollbackOnly();
			});
			assertThat(EventDeliveryTests.entries(context)).isEmpty();
		});
	}

	@Test
	void whenTransactionIsEmptyThenTheEventLeavesAtOnce() {
		this.runner.run((context) -> {
			TransactionTemplate empty = new TransactionTemplate(new NoTransactionManager());
			empty.setPropagationBehavior(TransactionDefinition.PROPAGATION_SUPPORTS);
			empty.executeWithoutResult((status) -> {
				context.publishEvent(new Changed(1));
				assertThat(EventDeliveryTests.entries(context)).hasSize(1);
			});
		});
	}

	@Test
	void whenEventIsRaisedByACallbackOfTheCommitThenItLeavesAsWell() {
		this.runner.run((context) -> {
			this.transaction.executeWithoutResult((status) -> TransactionSynchronizationManager
				.registerSynchronization(new TransactionSynchronization() {

					@Override
					public void beforeCommit(boolean readOnly) {
						context.publishEvent(new Changed(1));
					}

					@Override
					public void afterCommit() {
						context.publishEvent(new Changed(2));
					}

					@Override
					public void afterCompletion(int completion) {
						context.publishEvent(new Changed(3));
					}

				}));
			assertThat(EventDeliveryTests.entries(context)).extracting((entry) -> entry.arguments().json())
				.containsExactlyInAnyOrder("{\"number\":1}", "{\"number\":2}", "{\"number\":3}");
		});
	}

	@Test
	void whenEventChangesBeforeTheCommitThenItLeavesAsItWasRaised() {
		this.runner.run((context) -> {
			this.transaction.executeWithoutResult((status) -> {
				Mutable event = new Mutable();
				context.publishEvent(event);
				event.name = "later";
			});
			assertThat(EventDeliveryTests.entries(context)).singleElement()
				.satisfies((entry) -> assertThat(entry.arguments().json()).isEqualTo("{\"name\":\"first\"}"));
		});
	}

	@IrpcEvent("transactional")
	record Changed(int number) {

	}

	@IrpcEvent("transactional.mutable")
	static class Mutable {

		private String name = "first";

		public String getName() {
			return this.name;
		}

	}

}
