package io.irpc.service;

import java.util.ArrayList;
import java.util.List;

import io.irpc.payload.PayloadConverter;

/**
 * What all functions share.
 *
 * @param converter converts arguments
 * @param resolvers supply the parameters that callers do not send
 * @param guards decide whether a call goes ahead
 * @param validator checks the arguments
 * @param decorators change what functions return
 * @param unknownArguments deals with arguments that a function does not know
 * @since 0.1.0
 */
public record ServiceMethodSupport(PayloadConverter converter, List<ArgumentResolver> resolvers,
		List<MethodGuard> guards, ArgumentValidator validator, List<ReturnValueDecorator> decorators,
		UnknownArguments unknownArguments) {

	/**
	 * Create an instance; the session and its user are always supplied.
	 */
	public ServiceMethodSupport {
		List<ArgumentResolver> all = new ArrayList<>(resolvers);
		all.add(new SessionArgumentResolver());
		resolvers = List.copyOf(all);
	}

}
