package io.irpc.docs.health;

import io.irpc.protocol.LogSafe;
import io.irpc.session.IrpcSessionClosedEvent;
import io.irpc.session.IrpcSessionRefusedEvent;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Logs how sessions end.
 */
// tag::watch[]
@Component
class SessionWatch {

	private static final Log logger = LogFactory.getLog(SessionWatch.class);

	@EventListener
	void closed(IrpcSessionClosedEvent event) {
		logger.info(event.session() + " has ended after " + event.duration().toSeconds() + " s: "
				+ LogSafe.text(event.reason()));
	}

	@EventListener
	void refused(IrpcSessionRefusedEvent event) {
		logger.warn(event.address() + " has found no place (" + event.limit().key() + ")");
	}

}
// end::watch[]
