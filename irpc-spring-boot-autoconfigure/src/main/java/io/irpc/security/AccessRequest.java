package io.irpc.security;

import io.irpc.service.Access;
import io.irpc.session.IrpcSession;

/**
 * What an authorization manager decides about.
 *
 * @param access what is to be used; it need not exist
 * @param session the session that wants to use it
 * @since 0.1.0
 */
public record AccessRequest(Access access, IrpcSession session) {

}
