package io.irpc.call;

import java.io.ByteArrayOutputStream;

import io.irpc.payload.Payload;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.Response;

/**
 * The elements of a stream that is taken as one list (protocol §7). Confined to an event
 * loop.
 */
final class CollectedElements {

	private static final int MAX_SIZE = 16 * 1024 * 1024;

	private final ByteArrayOutputStream list = new ByteArrayOutputStream();

	/**
	 * Take an element.
	 * @param element the element
	 * @return whether it is the first one, so that more are to be asked for
	 * @throws IrpcClientException if there are too many
	 */
	boolean add(Payload element) {
		if (this.list.size() + element.length() > MAX_SIZE) {
			throw new IrpcClientException(ErrorCode.RESOURCE_EXHAUSTED,
					"the elements of the stream have more than " + MAX_SIZE + " bytes: read it with retrieveStream",
					null);
		}
		boolean first = this.list.size() == 0;
		this.list.write(first ? '[' : ',');
		this.list.write(element.array(), element.offset(), element.length());
		return first;
	}

	/**
	 * End the list.
	 * @param id the id of the call
	 * @return the list as the value of the call
	 */
	Response toResponse(String id) {
		this.list.write(']');
		byte[] bytes = this.list.toByteArray();
		return Response.value(id, Payload.wrap(bytes, 0, bytes.length));
	}

}
