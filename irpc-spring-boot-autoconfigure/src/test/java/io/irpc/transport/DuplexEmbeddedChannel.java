package io.irpc.transport;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.DuplexChannel;

/**
 * An {@link EmbeddedChannel} with an input and an output that end one by one, like those
 * of a socket.
 */
class DuplexEmbeddedChannel extends EmbeddedChannel implements DuplexChannel {

	private boolean inputShutdown;

	private boolean outputShutdown;

	/**
	 * End the input as the peer does.
	 */
	void endInput() {
		this.inputShutdown = true;
		pipeline().fireUserEventTriggered(ChannelInputShutdownReadComplete.INSTANCE);
		runPendingTasks();
	}

	@Override
	public boolean isInputShutdown() {
		return this.inputShutdown;
	}

	@Override
	public ChannelFuture shutdownInput() {
		return shutdownInput(newPromise());
	}

	@Override
	public ChannelFuture shutdownInput(ChannelPromise promise) {
		this.inputShutdown = true;
		return promise.setSuccess();
	}

	@Override
	public boolean isOutputShutdown() {
		return this.outputShutdown;
	}

	@Override
	public ChannelFuture shutdownOutput() {
		return shutdownOutput(newPromise());
	}

	@Override
	public ChannelFuture shutdownOutput(ChannelPromise promise) {
		this.outputShutdown = true;
		return promise.setSuccess();
	}

	@Override
	public boolean isShutdown() {
		return this.inputShutdown && this.outputShutdown;
	}

	@Override
	public ChannelFuture shutdown() {
		return shutdown(newPromise());
	}

	@Override
	public ChannelFuture shutdown(ChannelPromise promise) {
		this.inputShutdown = true;
		return shutdownOutput(promise);
	}

}
