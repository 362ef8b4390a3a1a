package io.irpc.security.pairing;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

import io.irpc.annotation.IrpcFunction;
import io.irpc.annotation.IrpcSensitive;
import io.irpc.annotation.IrpcService;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.security.LoginService;
import io.irpc.service.PredefinedService;
import io.irpc.service.SessionControl;
import io.irpc.session.IrpcSession;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.BadCredentialsException;

/**
 * The predefined function that pairs clients.
 *
 * @since 0.1.0
 */
@IrpcService
public final class PairingFunctions implements PredefinedService {

	private static final String PAIRING_USER = "(pairing)";

	private final LoginService logins;

	private final PairingCodes codes;

	private final PairedClients clients;

	/**
	 * Create the functions.
	 * @param logins makes guessing cost what failed logins cost
	 * @param codes the codes that are good
	 * @param clients the clients
	 */
	public PairingFunctions(LoginService logins, PairingCodes codes, PairedClients clients) {
		this.logins = logins;
		this.codes = codes;
		this.clients = clients;
	}

	/**
	 * Give a client credentials of its own.
	 * @param session the session of the client
	 * @param code the code, which is used up
	 * @param name what the client calls itself, {@code null} for nothing
	 * @return the name that it has got, and a token to log in with
	 */
	@SessionControl
	@IrpcFunction(description = "Gives a client a token of its own to log in with, for a code that is used up.")
	public CompletionStage<Object> pair(IrpcSession session, @IrpcSensitive String code, @Nullable String name) {
		AtomicReference<@Nullable PairedCredential> credential = new AtomicReference<>();
		CompletableFuture<Boolean> accepted = this.logins.attempt(session, PAIRING_USER, () -> {
			if (!this.codes.redeem(code)) {
				throw new BadCredentialsException("Wrong pairing code");
			}
			credential.set(this.clients.pair((name != null) ? name : ""));
		});
		return accepted.thenApply((result) -> {
			PairedCredential paired = credential.get();
			if (paired == null) {
				throw new IrpcException(ErrorCode.PERMISSION_DENIED, "The code is wrong, used or expired");
			}
			return paired;
		});
	}

}
