package io.irpc.observation;

import java.util.Objects;

import io.irpc.observation.IrpcObservationDocumentation.LowCardinalityKey;
import io.irpc.protocol.ErrorCode;
import io.micrometer.common.KeyValues;
import io.micrometer.common.docs.KeyName;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the low cardinality key values of requests: there are few of them, and to
 * sort them anew twice for each request costs as much as the request. Safe for use by
 * many threads.
 */
final class KnownKeyValues {

	private final Remembered<Key, KeyValues> known = new Remembered<>(this::create);

	private final KeyName kind;

	/**
	 * Create it without any.
	 * @param kind the key beside function, outcome and error code
	 */
	KnownKeyValues(KeyName kind) {
		this.kind = kind;
	}

	/**
	 * Return the key values of a request.
	 * @param kind the value of the key that was given
	 * @param function the name of the function
	 * @param outcome how it has ended
	 * @param errorCode why it has failed
	 * @return the key values
	 */
	KeyValues of(@Nullable String kind, @Nullable String function, IrpcOutcome outcome, @Nullable ErrorCode errorCode) {
		return this.known.get(new Key(kind, function, outcome, errorCode));
	}

	private KeyValues create(Key key) {
		ErrorCode code = key.errorCode();
		return KeyValues.of(RequestKeys.orNone(this.kind, key.kind()),
				RequestKeys.orNone(LowCardinalityKey.FUNCTION, key.function()),
				LowCardinalityKey.OUTCOME.withValue(key.outcome().name()),
				RequestKeys.orNone(LowCardinalityKey.ERROR_CODE, (code != null) ? code.wireName() : null));
	}

	private record Key(@Nullable String kind, @Nullable String function, IrpcOutcome outcome,
			@Nullable ErrorCode errorCode) {

		// what a record has by itself is slow on Java 17, and each request asks for it
		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof Key that && this.outcome == that.outcome && this.errorCode == that.errorCode
					&& Objects.equals(this.kind, that.kind) && Objects.equals(this.function, that.function);
		}

		@Override
		public int hashCode() {
			int hash = 31 * Objects.hashCode(this.function) + Objects.hashCode(this.kind);
			return 31 * (31 * hash + this.outcome.hashCode()) + Objects.hashCode(this.errorCode);
		}

	}

}
