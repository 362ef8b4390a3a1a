package io.irpc.docs.operations;

import java.io.IOException;
import java.util.Map;

import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;

/**
 * Ends sessions by JMX.
 */
public final class EndpointByJmx {

	private EndpointByJmx() {
	}

	/**
	 * End a session.
	 * @param connection the MBean server of the application
	 * @param id the number of the session
	 * @param reason why
	 * @return what was ended
	 */
	// tag::jmx[]
	public static Map<?, ?> endSession(MBeanServerConnection connection, long id, String reason)
			throws JMException, IOException {
		ObjectName endpoint = new ObjectName("org.springframework.boot:type=Endpoint,name=Irpc");
		String text = String.class.getName();
		return (Map<?, ?>) connection.invoke(endpoint, "endSession", new Object[] { String.valueOf(id), reason },
				new String[] { text, text });
	}
	// end::jmx[]

}
