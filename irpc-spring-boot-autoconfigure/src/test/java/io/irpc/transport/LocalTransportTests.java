package io.irpc.transport;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.BindException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.irpc.payload.Payload;
import io.irpc.protocol.Response;
import io.irpc.support.Alarms;
import io.netty.channel.local.LocalAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests of connections inside this process.
 */
@Timeout(60)
class LocalTransportTests {

	private static final ConnectionOptions OPTIONS = TestOptions.create().build();

	@RegisterExtension
	final Alarms alarms = new Alarms("io.irpc.transport", "io.netty");

	private final LocalAddress address = new LocalAddress(LocalTransportTests.class);

	private final List<RecordingListener> accepted = new CopyOnWriteArrayList<>();

	// TLS is not asked for where nobody else reads
	private final IrpcServerTransport server = new IrpcServerTransport(OPTIONS, TestTls.security(), (connection) -> {
		RecordingListener listener = new RecordingListener(connection,
				(sender, message) -> sender.send(Response.value("p", Payload.NULL)));
		this.accepted.add(listener);
		return listener;
	});

	private final IrpcClientTransport client = new IrpcClientTransport(OPTIONS, Duration.ofSeconds(5));

	private final List<RecordingListener> connected = new CopyOnWriteArrayList<>();

	@AfterEach
	void close() {
		this.client.close();
		this.server.close();
	}

	@Test
	void whenClientConnectsThenMessagesGoBothWaysWithoutASocket() throws Exception {
		assertThat(this.server.bind(this.address)).isEqualTo(this.address);
		RecordingListener listener = connect();
		listener.connection().send(RecordingListener.PING);
		await().until(() -> !listener.received().isEmpty());
		assertThat(this.accepted.get(0).received()).containsExactly(RecordingListener.PING);
		assertThat(listener.received()).containsExactly(Response.value("p", Payload.NULL));
		assertThat(this.alarms.messages()).isEmpty();
	}

	@Test
	void peersAreLocalAndNobodyByName() throws Exception {
		this.server.bind(this.address);
		connect();
		IrpcConnection connection = this.accepted.get(0).connection();
		assertThat(connection.isLocal()).isTrue();
		assertThat(connection.isEncrypted()).isFalse();
		assertThat(connection.peerUser()).isNull();
	}

	@Test
	void whenOneEndClosesThenWhatItSentBeforeArrives() throws Exception {
		this.server.bind(this.address);
		RecordingListener listener = connect();
		this.accepted.get(0).connection().send(RecordingListener.PING);
		this.accepted.get(0).connection().close("enough");
		await().until(listener::isClosed);
		assertThat(listener.received()).containsExactly(RecordingListener.PING);
		await().until(this.accepted.get(0)::isClosed);
	}

	@Test
	void whenAddressIsTakenOrNobodyListensThenThatIsTold() throws IOException {
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(this::connect);
		this.server.bind(this.address);
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> this.server.bind(this.address));
	}

	@Test
	void whenClientIsClosedThenItsTasksDoNotRunButThoseOfOthersDo() throws Exception {
		CountDownLatch other = new CountDownLatch(1);
		AtomicBoolean run = new AtomicBoolean();
		try (IrpcClientTransport open = new IrpcClientTransport(OPTIONS, Duration.ofSeconds(5))) {
			// on all event loops, as they take turns
			for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
				this.client.schedule(() -> run.set(true), Duration.ofMillis(100));
			}
			this.client.close();
			open.schedule(other::countDown, Duration.ofMillis(200));
			assertThat(other.await(10, TimeUnit.SECONDS)).isTrue();
		}
		assertThat(run).isFalse();
	}

	@Test
	void whenClientIsClosedThenNothingHoldsItsTasks() {
		try (IrpcClientTransport open = new IrpcClientTransport(OPTIONS, Duration.ofSeconds(5))) {
			WeakReference<Runnable> task = scheduled(new Object());
			this.client.close();
			await().until(() -> {
				System.gc();
				return task.get() == null;
			});
			open.schedule(() -> {
			}, Duration.ofHours(1));
		}
	}

	private WeakReference<Runnable> scheduled(Object state) {
		Runnable task = state::notifyAll;
		this.client.schedule(task, Duration.ofHours(1));
		return new WeakReference<>(task);
	}

	private RecordingListener connect() throws Exception {
		this.client.connect(this.address, null, (connection) -> {
			RecordingListener listener = new RecordingListener(connection, (sender, message) -> {
			});
			this.connected.add(listener);
			return listener;
		}).get(10, TimeUnit.SECONDS);
		await().until(() -> this.accepted.size() == 1 && this.accepted.get(0).events().contains("opened"));
		return this.connected.get(0);
	}

}
