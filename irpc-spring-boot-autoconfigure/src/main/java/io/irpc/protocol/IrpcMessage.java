package io.irpc.protocol;

/**
 * One line of the protocol that means something (protocol §2); comments and empty lines
 * never become messages.
 *
 * @since 0.1.0
 */
public sealed interface IrpcMessage permits Command, Response {

}
