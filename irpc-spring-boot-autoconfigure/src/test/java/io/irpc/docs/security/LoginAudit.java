package io.irpc.docs.security;

import io.irpc.protocol.LogSafe;
import io.irpc.security.AccessRequest;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.event.AbstractAuthenticationFailureEvent;
import org.springframework.security.authorization.event.AuthorizationDeniedEvent;

/**
 * Logs what is refused.
 */
// tag::audit[]
class LoginAudit {

	private static final Log logger = LogFactory.getLog(LoginAudit.class);

	@EventListener
	void refused(AbstractAuthenticationFailureEvent event) {
		logger.warn(LogSafe.text("Refused a login as " + event.getAuthentication().getName() + ": "
				+ event.getAuthentication().getDetails()));
	}

	@EventListener
	void denied(AuthorizationDeniedEvent<?> event) {
		if (event.getObject() instanceof AccessRequest request) {
			logger.warn(LogSafe.text(event.getAuthentication().get().getName() + " may not use " + request.access()));
		}
	}

}
// end::audit[]
