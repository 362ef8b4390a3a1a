package io.irpc.transport;

import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.AbstractScheduledEventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;

/**
 * What Netty asks of an event loop, whatever threads it has.
 */
abstract class OwnEventLoop extends AbstractScheduledEventExecutor implements IoEventLoop {

	private final IoEventLoopGroup parent;

	private final IoHandler io;

	/**
	 * Create an event loop.
	 * @param parent the group that it belongs to
	 * @param io makes what does the I/O
	 */
	OwnEventLoop(IoEventLoopGroup parent, IoHandlerFactory io) {
		super(parent);
		this.parent = parent;
		this.io = io.newHandler(this);
	}

	final IoHandler io() {
		return this.io;
	}

	@Override
	public Future<IoRegistration> register(IoHandle handle) {
		Promise<IoRegistration> promise = newPromise();
		if (inEventLoop()) {
			register(handle, promise);
		}
		else {
			execute(() -> register(handle, promise));
		}
		return promise;
	}

	private void register(IoHandle handle, Promise<IoRegistration> promise) {
		try {
			promise.setSuccess(this.io.register(handle));
		}
		catch (Exception ex) {
			promise.setFailure(ex);
		}
	}

	@Override
	public ChannelFuture register(Channel channel) {
		return register(channel, new DefaultChannelPromise(channel, this));
	}

	@Override
	@Deprecated
	public ChannelFuture register(Channel channel, ChannelPromise promise) {
		channel.unsafe().register(this, promise);
		return promise;
	}

	@Override
	@Deprecated
	public ChannelFuture register(ChannelPromise promise) {
		return register(promise.channel(), promise);
	}

	@Override
	public boolean isCompatible(Class<? extends IoHandle> handleType) {
		return this.io.isCompatible(handleType);
	}

	@Override
	public boolean isIoType(Class<? extends IoHandler> handlerType) {
		return this.io.getClass() == handlerType;
	}

	@Override
	public IoEventLoopGroup parent() {
		return this.parent;
	}

	@Override
	public IoEventLoop next() {
		return this;
	}

	@Override
	@Deprecated
	@SuppressWarnings("InlineMeSuggester")
	public void shutdown() {
		shutdownGracefully();
	}

	@Override
	public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
		return terminationFuture().await(timeout, unit);
	}

}
