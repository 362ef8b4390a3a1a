package io.irpc.security;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

import io.irpc.annotation.IrpcFunction;
import io.irpc.annotation.IrpcParam;
import io.irpc.annotation.IrpcSensitive;
import io.irpc.annotation.IrpcService;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.service.PredefinedService;
import io.irpc.service.SessionControl;
import io.irpc.session.IrpcSession;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

/**
 * The predefined functions about credentials (protocol §3).
 *
 * @since 0.1.0
 */
@IrpcService
public final class LoginFunctions implements PredefinedService {

	private static final String TOKEN_USER = "(token)";

	private final LoginService logins;

	private final PasswordChange passwords;

	private final List<TokenConverter> tokens;

	/**
	 * Create the functions.
	 * @param logins checks credentials
	 * @param passwords changes passwords
	 * @param tokens make requests of tokens
	 */
	public LoginFunctions(LoginService logins, PasswordChange passwords, List<TokenConverter> tokens) {
		this.logins = logins;
		this.passwords = passwords;
		this.tokens = List.copyOf(tokens);
	}

	/**
	 * Log in with a user name and a password, or with a token.
	 * @param session the session
	 * @param username the name of the user
	 * @param password the password
	 * @param token the token
	 * @return whether the session belongs to that user now
	 */
	@SessionControl
	@IrpcFunction(
			description = "Logs in with a user name and a password, or with a token; answers whether that is accepted.")
	public CompletionStage<Boolean> login(IrpcSession session, @Nullable String username,
			@IrpcSensitive @Nullable String password, @IrpcSensitive @Nullable String token) {
		if (token != null && username == null && password == null) {
			return this.logins.login(session, TOKEN_USER, () -> request(token));
		}
		if (token != null || username == null || password == null) {
			throw new IrpcException(ErrorCode.INVALID_ARGUMENT, "Expected either username and password, or token");
		}
		return this.logins.login(session, username,
				() -> UsernamePasswordAuthenticationToken.unauthenticated(username, password));
	}

	/**
	 * Make the session anonymous.
	 * @param session the session
	 * @return {@code true}
	 */
	@SessionControl
	@IrpcFunction(description = "Makes the session anonymous again; its subscriptions end.")
	public CompletionStage<Boolean> logout(IrpcSession session) {
		return this.logins.logout(session);
	}

	/**
	 * Change the password of the user.
	 * @param session the session
	 * @param authentication the user
	 * @param newPassword the password from now on
	 * @param oldPassword the password until now
	 * @return {@code true}
	 */
	@IrpcFunction(description = "Changes the password of the user of this session.", nonBlocking = true)
	public CompletionStage<Boolean> passwd(IrpcSession session, Authentication authentication,
			@IrpcParam("new") @IrpcSensitive String newPassword, @IrpcParam("old") @IrpcSensitive String oldPassword) {
		if (newPassword.isEmpty()) {
			throw new IrpcException(ErrorCode.INVALID_ARGUMENT, "Argument new must not be empty");
		}
		return this.passwords.change(session, authentication, oldPassword, newPassword);
	}

	private Authentication request(String token) {
		return this.tokens.stream()
			.map((converter) -> converter.convert(token))
			.filter(Objects::nonNull)
			.findFirst()
			.orElseGet(() -> UsernamePasswordAuthenticationToken.unauthenticated(TOKEN_USER, token));
	}

}
