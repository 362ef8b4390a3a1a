package io.irpc.test;

import org.springframework.boot.test.autoconfigure.TestSliceTestContextBootstrapper;

/**
 * Bootstraps tests with {@link IrpcTest}.
 */
final class IrpcTestContextBootstrapper extends TestSliceTestContextBootstrapper<IrpcTest> {

}
