package io.irpc.client;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.irpc.call.IrpcCall;
import io.irpc.call.IrpcClientException;
import io.irpc.payload.PayloadReader;
import io.irpc.protocol.Argument;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.LogSafe;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Collects what is said of a subscription.
 *
 * @param <T> the type of the event
 */
final class DefaultEventSubscriptionSpec<T> implements EventSubscriptionSpec<T> {

	private static final Log logger = LogFactory.getLog(EventSubscription.class);

	private static final String OLDEST = "0";

	private static final int DEFAULT_WINDOW = 128;

	private final String name;

	private final String event;

	private final PayloadReader<T> reader;

	private final DefaultIrpcClient client;

	private final EventSelection selection;

	private @Nullable Argument start;

	private @Nullable Argument initial;

	private boolean durable;

	private int window = DEFAULT_WINDOW;

	private int concurrency = 1;

	private BackOff backOff = defaultBackOff();

	private Consumer<? super EventFailure<T>> onError = this::failed;

	private Consumer<? super EventGap> onGap = this::gap;

	DefaultEventSubscriptionSpec(String name, String event, PayloadReader<T> reader, DefaultIrpcClient client) {
		this.name = name;
		this.event = event;
		this.reader = reader;
		this.client = client;
		this.selection = new EventSelection(client.converter());
	}

	private static BackOff defaultBackOff() {
		ExponentialBackOff result = new ExponentialBackOff(1000, 2);
		result.setMaxInterval(30_000);
		result.setMaxAttempts(4);
		return result;
	}

	@Override
	public EventCondition<T> where(String path) {
		return new DefaultEventCondition<>(path, this);
	}

	@Override
	public EventSubscriptionSpec<T> where(Map<String, ?> conditions) {
		this.selection.where(conditions);
		return this;
	}

	@Override
	public EventSubscriptionSpec<T> addArguments(Map<String, ?> arguments) {
		this.selection.add(arguments);
		return this;
	}

	@Override
	public EventSubscriptionSpec<T> removeArguments(String... names) {
		this.selection.remove(List.of(names));
		return this;
	}

	@Override
	public EventSubscriptionSpec<T> since(Instant time) {
		return since(time.toString());
	}

	@Override
	public EventSubscriptionSpec<T> since(String cursor) {
		return start("since", cursor);
	}

	@Override
	public EventSubscriptionSpec<T> fromOldest() {
		return since(OLDEST);
	}

	@Override
	public EventSubscriptionSpec<T> last(int count) {
		return start("last", positive(count, "last"));
	}

	@Override
	public EventSubscriptionSpec<T> durable() {
		this.durable = true;
		return this;
	}

	@Override
	public EventSubscriptionSpec<T> initially(Instant time) {
		return initially(time.toString());
	}

	@Override
	public EventSubscriptionSpec<T> initially(String cursor) {
		this.initial = argument("initial", cursor);
		return this;
	}

	@Override
	public EventSubscriptionSpec<T> initiallyFromOldest() {
		return initially(OLDEST);
	}

	@Override
	public EventSubscriptionSpec<T> window(int count) {
		this.window = positive(count, "window");
		return this;
	}

	@Override
	public EventSubscriptionSpec<T> concurrency(int count) {
		this.concurrency = positive(count, "concurrency");
		return this;
	}

	@Override
	public EventSubscriptionSpec<T> backOff(BackOff newBackOff) {
		this.backOff = newBackOff;
		return this;
	}

	@Override
	public EventSubscriptionSpec<T> onError(Consumer<? super EventFailure<T>> handler) {
		this.onError = handler;
		return this;
	}

	@Override
	public EventSubscriptionSpec<T> onGap(Consumer<? super EventGap> handler) {
		this.onGap = handler;
		return this;
	}

	@Override
	public EventSummary peek() {
		return peek(peekCommand());
	}

	@Override
	public EventSummary peek(String path) {
		return peek(peekCommand().argument("by", path));
	}

	@Override
	public EventSubscription onEvent(Consumer<? super T> handler) {
		return onDelivery((delivery) -> handler.accept(delivery.value()));
	}

	@Override
	public EventSubscription onDelivery(Consumer<? super EventDelivery<T>> handler) {
		EventHandling<T> handling = new EventHandling<>(this.reader, handler::accept, this.onError, this.onGap,
				this.backOff, this.concurrency, this.client.eventObserver());
		return this.client.subscribe(new CallbackSource<>(request(), handling, this.selection.compile(), this.client));
	}

	private IrpcCall peekCommand() {
		return this.client.command("peek " + this.name, request().peek());
	}

	private EventSummary peek(IrpcCall command) {
		EventSummary summary = command.retrieve(EventSummary.class);
		if (summary == null) {
			throw new IrpcClientException(ErrorCode.INTERNAL,
					"The answer of peek " + this.name + " is null (expected: an object)", null);
		}
		return summary;
	}

	private SubscriptionRequest request() {
		Assert.isTrue(this.initial == null || (this.durable && this.start == null), () -> "The subscription "
				+ this.name + " has initially(...), which is for durable() ones without since(...)" + " and last(...)");
		Argument first = (this.start != null) ? this.start : this.initial;
		return new SubscriptionRequest(this.name, this.event, this.selection.toArguments(),
				(first != null) ? List.of(first) : List.of(), this.durable, this.window);
	}

	private EventSubscriptionSpec<T> start(String argument, Object value) {
		this.start = argument(argument, value);
		return this;
	}

	private Argument argument(String argument, Object value) {
		return new Argument(argument, this.client.converter().write(value));
	}

	private static int positive(int value, String what) {
		Assert.isTrue(value > 0, () -> what + "(" + value + ") is not valid (expected: a number above 0)");
		return value;
	}

	private void failed(EventFailure<T> failure) {
		logger.error(
				"Cannot handle the event " + this.event + " of the subscription " + this.name + ", cursor "
						+ LogSafe.text(failure.cursor()) + ", attempts: " + failure.attempts(),
				LogSafe.failure(failure.cause()));
		this.client.listener().failed(this.client, failure);
	}

	private void gap(EventGap gap) {
		logger.warn("The subscription " + this.name + " to the event " + this.event + " misses events: "
				+ gap.reason().description());
		this.client.listener().gap(this.client, gap);
	}

}
