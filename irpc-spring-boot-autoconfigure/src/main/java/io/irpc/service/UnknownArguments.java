package io.irpc.service;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.protocol.LogSafe;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Deals with arguments that a function does not know (protocol §4).
 *
 * @since 0.1.0
 */
public final class UnknownArguments {

	private static final Log logger = LogFactory.getLog(UnknownArguments.class);

	private static final int MAX_REMEMBERED = 1000;

	private final Policy policy;

	private final Set<String> logged = ConcurrentHashMap.newKeySet();

	private final LongAdder count = new LongAdder();

	/**
	 * Create an instance.
	 * @param policy what to do about them
	 */
	public UnknownArguments(Policy policy) {
		this.policy = policy;
	}

	/**
	 * Return how many were ignored.
	 * @return the number
	 */
	public long count() {
		return this.count.sum();
	}

	void handle(String function, List<String> names) {
		if (names.isEmpty()) {
			return;
		}
		if (this.policy == Policy.REJECT) {
			throw new IrpcException(ErrorCode.INVALID_ARGUMENT,
					"Function " + function + " has no argument " + String.join(", ", names));
		}
		this.count.add(names.size());
		for (String name : names) {
			if (logger.isDebugEnabled() && this.logged.size() < MAX_REMEMBERED) {
				String text = "Function " + function + " ignores the unknown argument " + LogSafe.text(name);
				if (this.logged.add(text)) {
					logger.debug(text);
				}
			}
		}
	}

	/**
	 * What to do about arguments that a function does not know.
	 */
	public enum Policy {

		/**
		 * Ignore them, so that services and clients can be updated separately.
		 */
		IGNORE,

		/**
		 * Answer an error.
		 */
		REJECT

	}

}
