package io.irpc.support;

/**
 * Runs an application as if Spring Security were not on the class path of the tests.
 */
public final class WithoutSecurity {

	/**
	 * The property that does it.
	 */
	public static final String PROPERTY = "spring.autoconfigure.exclude=io.irpc.autoconfigure.security.IrpcSecurityAutoConfiguration";

	private WithoutSecurity() {
	}

}
