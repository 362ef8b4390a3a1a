package io.irpc.call;

import io.irpc.session.IrpcSession;

/**
 * A call whose session was lost before its answer.
 *
 * @param execution the call
 * @param session the session
 * @param token what the peer calls the session
 * @param id the id that the call had there
 * @param use how many calls have had that id there
 */
record LostCall(CallExecution execution, IrpcSession session, String token, String id, int use) {

}
