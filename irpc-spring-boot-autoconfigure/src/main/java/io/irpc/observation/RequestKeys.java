package io.irpc.observation;

import io.irpc.observation.IrpcObservationDocumentation.LowCardinalityKey;
import io.irpc.protocol.ErrorCode;
import io.micrometer.common.KeyValue;
import io.micrometer.common.docs.KeyName;
import org.jspecify.annotations.Nullable;

/**
 * Forms the keys that observations have in common.
 */
final class RequestKeys {

	/**
	 * What stands for a name that does not exist.
	 */
	static final String UNKNOWN = "unknown";

	private RequestKeys() {
	}

	static KeyValue outcome(IrpcOutcome outcome) {
		return LowCardinalityKey.OUTCOME.withValue(outcome.name());
	}

	static KeyValue errorCode(@Nullable ErrorCode code) {
		return orNone(LowCardinalityKey.ERROR_CODE, (code != null) ? code.wireName() : null);
	}

	static KeyValue orNone(KeyName key, @Nullable String value) {
		return key.withValue((value == null || value.isEmpty()) ? KeyValue.NONE_VALUE : value);
	}

}
