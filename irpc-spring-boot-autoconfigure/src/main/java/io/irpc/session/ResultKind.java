package io.irpc.session;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of that which a handler returns. Found out once for each class: to ask
 * whether an object has an interface that it does not have takes a large part of the time
 * of a small call.
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

	private static final ClassValue<ResultKind> KINDS = new ClassValue<>() {

		@Override
		protected ResultKind computeValue(Class<?> type) {
			if (CompletionStage.class.isAssignableFrom(type)) {
				return STAGE;
			}
			return Flow.Publisher.class.isAssignableFrom(type) ? ELEMENTS : VALUE;
		}

	};

	static ResultKind of(@Nullable Object result) {
		return (result != null) ? KINDS.get(result.getClass()) : VALUE;
	}

}
