package io.irpc.session;

import io.irpc.payload.Payload;
import io.irpc.payload.PayloadConverter;
import io.irpc.protocol.Response;

/**
 * Elements that a peer is sent one by one (protocol §7).
 */
final class SentElements implements StreamElements {

	private static final Payload NONE = Payload.ofJson("[]");

	private final CommandTask task;

	private final Invocation invocation;

	private final PayloadConverter converter;

	private boolean empty = true;

	SentElements(CommandTask task, PayloadConverter converter) {
		this.task = task;
		this.invocation = task.invocation();
		this.converter = converter;
	}

	@Override
	public void add(Object element) {
		Payload value = this.converter.write(element, SessionUser.authoritiesOf(this.invocation.user()));
		this.empty = false;
		this.task.sendUnlessAnswered(AnswerLength.checked(new Response(this.task.id(), Response.Type.NEXT, value),
				this.invocation.session()));
	}

	@Override
	public boolean isReady() {
		return this.invocation.session().isWritable();
	}

	@Override
	public boolean canBeAskedFor() {
		return this.invocation.session().isInputOpen();
	}

	@Override
	public long initialCredit() {
		return this.invocation.credit();
	}

	@Override
	public Response end() {
		// for a caller that does not know whether it gets elements or one value
		return Response.value(this.invocation.responseId(), this.empty ? NONE : Payload.NULL);
	}

}
