package io.irpc.actuate;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude.Include;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.jmx.annotation.EndpointJmxExtension;

/**
 * The endpoint over JMX: an operation for each part, with the members that it has over
 * HTTP, whatever the application's own JSON settings.
 *
 * @since 0.1.0
 */
@EndpointJmxExtension(endpoint = IrpcEndpoint.class)
public final class IrpcEndpointJmxExtension {

	private static final JsonMapper mapper = JsonMapper.builder()
		.changeDefaultPropertyInclusion((value) -> value.withValueInclusion(Include.NON_NULL))
		.build();

	private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {
	};

	private final IrpcEndpoint delegate;

	/**
	 * Create an extension.
	 * @param delegate the endpoint
	 */
	public IrpcEndpointJmxExtension(IrpcEndpoint delegate) {
		this.delegate = delegate;
	}

	/**
	 * Return a few figures of each part.
	 * @return the figures by the names of the parts
	 */
	@ReadOperation
	public Map<String, Object> overview() {
		return map(this.delegate.overview());
	}

	/**
	 * Return the server.
	 * @return its members
	 */
	@ReadOperation
	public Map<String, Object> server() {
		return map(this.delegate.read(ServerPart.NAME));
	}

	/**
	 * Return the functions and events.
	 * @return the members
	 */
	@ReadOperation
	public Map<String, Object> services() {
		return map(this.delegate.read(ServicesPart.NAME));
	}

	/**
	 * Return the open sessions.
	 * @return the members
	 */
	@ReadOperation
	public Map<String, Object> sessions() {
		return map(this.delegate.read(SessionsPart.NAME));
	}

	/**
	 * Return the clients.
	 * @return the members
	 */
	@ReadOperation
	public Map<String, Object> clients() {
		return map(this.delegate.read(ClientsPart.NAME));
	}

	/**
	 * Return the journal.
	 * @return its members
	 */
	@ReadOperation
	public Map<String, Object> journal() {
		return map(this.delegate.read(JournalPart.NAME));
	}

	/**
	 * Return the paired clients.
	 * @return the members
	 */
	@ReadOperation
	public Map<String, Object> pairings() {
		return map(this.delegate.read(PairingsPart.NAME));
	}

	/**
	 * End a session.
	 * @param id the number of the session
	 * @param reason why, told to the peer
	 * @return what is ended
	 */
	@DeleteOperation
	public Map<String, Object> endSession(String id, String reason) {
		return map(this.delegate.remove(SessionsPart.NAME, id, reason));
	}

	/**
	 * Revoke the credentials of a paired client.
	 * @param id the id of the client
	 * @return what is revoked
	 */
	@DeleteOperation
	public Map<String, Object> revokePairing(String id) {
		return map(this.delegate.remove(PairingsPart.NAME, id, null));
	}

	/**
	 * Send all peers away.
	 * @return what has begun
	 */
	@WriteOperation
	public Map<String, Object> drain() {
		return map(this.delegate.drain());
	}

	private static Map<String, Object> map(Object body) {
		return mapper.convertValue(body, MAP);
	}

}
