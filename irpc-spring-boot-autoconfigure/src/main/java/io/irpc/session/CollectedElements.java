package io.irpc.session;

import java.io.ByteArrayOutputStream;

import io.irpc.payload.Payload;
import io.irpc.payload.PayloadConverter;
import io.irpc.protocol.Response;

/**
 * Elements for a peer that knows no streams: it gets them all as one list, as far as the
 * length of an answer allows (protocol §7).
 */
final class CollectedElements implements StreamElements {

	private final ByteArrayOutputStream list = new ByteArrayOutputStream();

	private final Invocation invocation;

	private final PayloadConverter converter;

	CollectedElements(Invocation invocation, PayloadConverter converter) {
		this.invocation = invocation;
		this.converter = converter;
	}

	@Override
	public void add(Object element) {
		Payload value = this.converter.write(element, SessionUser.authoritiesOf(this.invocation.user()));
		AnswerLength.check((long) this.list.size() + value.length(), this.invocation.session());
		this.list.write((this.list.size() == 0) ? '[' : ',');
		this.list.write(value.array(), value.offset(), value.length());
	}

	@Override
	public boolean isReady() {
		return true;
	}

	@Override
	public boolean canBeAskedFor() {
		return true;
	}

	@Override
	public long initialCredit() {
		return Long.MAX_VALUE;
	}

	@Override
	public Response end() {
		if (this.list.size() == 0) {
			this.list.write('[');
		}
		this.list.write(']');
		byte[] bytes = this.list.toByteArray();
		return Response.value(this.invocation.responseId(), Payload.wrap(bytes, 0, bytes.length));
	}

}
