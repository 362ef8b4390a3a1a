package io.irpc.transport;

import io.irpc.protocol.IrpcMessage;
import io.irpc.protocol.Limit;
import io.irpc.protocol.ProtocolException;

/**
 * What happens on one connection: the only door from the transport upward. Every method
 * is called on the connection's event loop and must not block.
 *
 * @since 0.1.0
 */
public interface ConnectionListener {

	/**
	 * The connection is established. A connection that never is has no other call.
	 */
	void opened();

	/**
	 * A message was received.
	 * @param message the message
	 */
	void received(IrpcMessage message);

	/**
	 * An invalid line was received. After one whose consequence is to close, nothing else
	 * is.
	 * @param ex what is wrong with it
	 */
	void malformed(ProtocolException ex);

	/**
	 * Nothing was received for the ping interval: the peer should be pinged.
	 */
	void idle();

	/**
	 * The connection became writable, or ceased to be.
	 * @param writable whether it is writable now
	 */
	void writabilityChanged(boolean writable);

	/**
	 * The peer has exceeded a limit of the connection, which ends now. What is sent from
	 * here still reaches a peer that reads.
	 * @param limit the limit
	 * @param reason what was exceeded, in words for people
	 */
	void exceeded(Limit limit, String reason);

	/**
	 * What the connection holds in memory, as lines that have not ended and messages that
	 * are not sent, has changed. Called on any thread.
	 * @param change the difference in bytes
	 */
	void memoryChanged(long change);

	/**
	 * Bytes were received. Called after the messages that ended in them.
	 * @param bytes how many, as they are without TLS
	 */
	void bytesReceived(int bytes);

	/**
	 * Messages were written to the peer.
	 * @param messages how many
	 * @param bytes their bytes, as they are without TLS
	 */
	void messagesWritten(int messages, int bytes);

	/**
	 * The peer will send nothing more, but may still read.
	 */
	void inputClosed();

	/**
	 * The connection is closed; nothing follows.
	 * @param reason why, in words for a log
	 */
	void closed(String reason);

}
