package io.irpc.test.contract;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.assertj.core.api.AbstractAssert;

/**
 * Assertions about a contract.
 *
 * @since 0.1.0
 */
public final class IrpcContractAssert extends AbstractAssert<IrpcContractAssert, IrpcContract> {

	IrpcContractAssert(IrpcContract actual) {
		super(actual, IrpcContractAssert.class);
	}

	/**
	 * Assert that clients which were made for an older contract can do what they did. All
	 * that breaks is listed.
	 * @param previous the older contract
	 * @return these assertions
	 */
	public IrpcContractAssert isCompatibleWith(IrpcContract previous) {
		isNotNull();
		List<String> breaks = this.actual.breaksSince(previous);
		if (!breaks.isEmpty()) {
			fail("The contract breaks clients that were made for the previous one:\n  - "
					+ String.join("\n  - ", breaks));
		}
		return this;
	}

	/**
	 * Assert that the contract is the one in a file, which stands under version control
	 * beside the code. A contract that has changed without breaking anything is written
	 * to the file, and the assertion fails this once to have it committed; so does the
	 * first run, when there is no file.
	 * @param file the file, such as {@code src/test/resources/irpc-contract.json}
	 * @return these assertions
	 */
	public IrpcContractAssert isCompatibleWith(Path file) {
		isNotNull();
		if (!Files.exists(file)) {
			this.actual.writeTo(file);
			fail("There was no contract in " + file + ". It has been written: commit it, and run the test again.");
		}
		IrpcContract previous = IrpcContract.read(file);
		List<String> breaks = this.actual.breaksSince(previous);
		if (!breaks.isEmpty()) {
			fail("The contract breaks clients that were made for the one in " + file + ":\n  - "
					+ String.join("\n  - ", breaks)
					+ "\nIf that is meant, delete the file and run the test again to have it written.");
		}
		if (!this.actual.equals(previous)) {
			this.actual.writeTo(file);
			fail("The contract has changed without breaking clients. " + file
					+ " has been written: commit it with the change, and run the test again.");
		}
		return this;
	}

	private void fail(String message) {
		throw failure("%s", message);
	}

}
