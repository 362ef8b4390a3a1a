package io.irpc.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.irpc.payload.Payload;
import io.irpc.protocol.Command;
import io.irpc.protocol.Response;
import io.irpc.transport.IrpcConnection;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Who is told of what becomes of commands that were sent.
 */
class PendingCommandsTests {

	private static final Command COMMAND = new Command("fn", null, Map.of(), List.of());

	private final PendingCommands pending = new PendingCommands(mock(IrpcConnection.class));

	private final List<String> told = new ArrayList<>();

	@Test
	void whenACommandIsFinishedThenTheNextOneHasItsId() {
		String first = this.pending.send(COMMAND, new Listener("first"));
		String second = this.pending.send(COMMAND, new Listener("second"));
		assertThat(List.of(first, second)).containsExactly("0", "1");
		assertThat(this.pending.receive(Response.value(first, Payload.NULL))).isTrue();
		assertThat(this.pending.receive(Response.value(first, Payload.NULL))).isFalse();
		assertThat(this.pending.send(COMMAND, new Listener("third"))).isEqualTo(first);
		assertThat(this.told).containsExactly("first received");
	}

	@Test
	void whenAListenerFailsAtTheEndThenTheOthersAreTold() {
		this.pending.send(COMMAND, new Listener("first"));
		this.pending.send(COMMAND, new Listener("failing") {

			@Override
			public void closing() {
				super.closing();
				throw new IllegalStateException("on purpose");
			}

			@Override
			public void closed(String reason) {
				super.closed(reason);
				throw new IllegalStateException("on purpose");
			}

		});
		this.pending.send(COMMAND, new Listener("last"));
		CompletableFuture<Void> idle = this.pending.whenIdle();
		this.pending.closing();
		this.pending.close("reason");
		assertThat(this.told).containsExactly("first closing", "failing closing", "last closing", "first reason",
				"failing reason", "last reason");
		assertThat(idle).isCompleted();
	}

	@Test
	void whenItIsClosedThenCommandsAreNotSent() {
		this.pending.close("reason");
		assertThat(this.pending.send(COMMAND, new Listener("late"))).isEmpty();
		assertThat(this.told).containsExactly("late reason");
	}

	private class Listener implements ResponseListener {

		private final String name;

		Listener(String name) {
			this.name = name;
		}

		@Override
		public boolean received(Response response) {
			PendingCommandsTests.this.told.add(this.name + " received");
			return true;
		}

		@Override
		public void closing() {
			PendingCommandsTests.this.told.add(this.name + " closing");
		}

		@Override
		public void closed(String reason) {
			PendingCommandsTests.this.told.add(this.name + " " + reason);
		}

	}

}
