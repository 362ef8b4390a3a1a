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

	private static final int REQUESTED_AT_ONCE = SentCommand.DEFAULT_CREDIT / 2;

	private final ByteArrayOutputStream list = new ByteArrayOutputStream();

	private int consumed;

	/**
	 * Take an element.
	 * @param element the element
	 * @return how many more are to be asked for now, 0 for none
	 * @throws IrpcClientException if there are too many
	 */
	int add(Payload element) {
		if (this.list.size() + element.length() > MAX_SIZE) {
			throw new IrpcClientException(ErrorCode.RESOURCE_EXHAUSTED,
					"the elements of the stream have more than " + MAX_SIZE + " bytes: read it with retrieveStream",
					null);
		}
		this.list.write((this.list.size() == 0) ? '[' : ',');
		this.list.write(element.array(), element.offset(), element.length());
		this.consumed = (this.consumed + 1) % REQUESTED_AT_ONCE;
		return (this.consumed == 0) ? REQUESTED_AT_ONCE : 0;
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
