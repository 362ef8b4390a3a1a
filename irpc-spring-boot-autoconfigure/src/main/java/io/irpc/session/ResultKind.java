package io.irpc.session;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of that which a handler returns.
 */
enum ResultKind {

	/**
	 * It is answered.
	 */
	VALUE,

	/**
	 * A {@link CompletionStage}, whose value is answered.
	 */
	STAGE,

	/**
	 * A {@link Flow.Publisher}, whose elements are answered.
	 */
	ELEMENTS;

	private static final ConstantOfClass<ResultKind> KINDS = new ConstantOfClass<>(values(), ResultKind::find);

	static ResultKind of(@Nullable Object result) {
		return (result != null) ? KINDS.of(result.getClass()) : VALUE;
	}

	private static ResultKind find(Class<?> type) {
		if (CompletionStage.class.isAssignableFrom(type)) {
			return STAGE;
		}
		return Flow.Publisher.class.isAssignableFrom(type) ? ELEMENTS : VALUE;
	}

}
