package io.irpc.observation;

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

	static KeyValue orNone(KeyName key, @Nullable String value) {
		return key.withValue((value == null || value.isEmpty()) ? KeyValue.NONE_VALUE : value);
	}

}
