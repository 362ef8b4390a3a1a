package io.irpc.security;

import java.util.concurrent.CompletionStage;

import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.session.IrpcSession;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsPasswordService;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.UserDetailsManager;

/**
 * Changes passwords, where the store of the users can.
 *
 * @since 0.1.0
 */
public final class PasswordChange {

	private final LoginService logins;

	private final PasswordEncoder encoder;

	private final @Nullable UserDetailsManager manager;

	private final @Nullable UserDetailsPasswordService service;

	/**
	 * Create an instance.
	 * @param logins checks the old password
	 * @param encoder encodes the new one
	 * @param manager stores it, {@code null} if there is none
	 * @param service stores it where there is no manager, {@code null} if there is none
	 * either
	 */
	public PasswordChange(LoginService logins, PasswordEncoder encoder, @Nullable UserDetailsManager manager,
			@Nullable UserDetailsPasswordService service) {
		this.logins = logins;
		this.encoder = encoder;
		this.manager = manager;
		this.service = service;
	}

	CompletionStage<Boolean> change(IrpcSession session, Authentication user, String oldPassword, String newPassword) {
		if (this.manager == null && this.service == null) {
			throw new IrpcException(ErrorCode.UNAVAILABLE, "Passwords cannot be changed here");
		}
		return this.logins.attempt(session, user.getName(), () -> {
			Authentication confirmed = this.logins.authenticate(session,
					UsernamePasswordAuthenticationToken.unauthenticated(user.getName(), oldPassword));
			store(confirmed, oldPassword, encode(newPassword));
		}).thenApply((accepted) -> {
			if (!accepted) {
				throw new IrpcException(ErrorCode.PERMISSION_DENIED, "The old password is wrong");
			}
			return true;
		});
	}

	private @Nullable String encode(String password) {
		try {
			return this.encoder.encode(password);
		}
		catch (IllegalArgumentException ex) {
			// such as more bytes than the algorithm takes
			throw new IrpcException(ErrorCode.INVALID_ARGUMENT,
					"Argument new is not accepted as a password: " + ex.getMessage(), ex);
		}
	}

	private void store(Authentication user, String oldPassword, @Nullable String encoded) {
		if (this.manager != null) {
			// a manager changes the password of the current user
			SecurityContextHolder.setContext(new SecurityContextImpl(user));
			try {
				this.manager.changePassword(oldPassword, encoded);
			}
			finally {
				SecurityContextHolder.clearContext();
			}
		}
		else if (this.service != null && user.getPrincipal() instanceof UserDetails details) {
			this.service.updatePassword(details, encoded);
		}
	}

}
