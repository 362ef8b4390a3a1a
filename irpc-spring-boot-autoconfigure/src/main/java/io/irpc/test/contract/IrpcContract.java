package io.irpc.test.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.irpc.service.ServiceMethodRegistry;
import org.assertj.core.api.AssertProvider;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

import org.springframework.context.ApplicationContext;

/**
 * A snapshot of the functions, events and types that an application publishes, without
 * the functions that every server has. Not changed once it is made; safe for use by many
 * threads.
 * <p>
 * Use AssertJ's {@code assertThat(contract)} to compare it with an older one.
 *
 * @since 0.1.0
 */
public final class IrpcContract implements AssertProvider<IrpcContractAssert> {

	private final ContractContent content;

	IrpcContract(ContractContent content) {
		this.content = content;
	}

	/**
	 * Take the contract of an application. Events count from the moment they are known:
	 * at the start if their classes are in the packages of the application.
	 * @param context the application, started, with an IRPC server
	 * @return the contract
	 * @throws IllegalStateException if the application has no IRPC server
	 */
	public static IrpcContract of(ApplicationContext context) {
		if (context.getBeanProvider(ServiceMethodRegistry.class).getIfAvailable() == null) {
			throw new IllegalStateException("The application has no IRPC server, so it publishes nothing (expected: a"
					+ " context with IrpcServerAutoConfiguration and irpc.server.enabled not false)");
		}
		return new IrpcContract(new ContractReader(context).read());
	}

	/**
	 * Read a contract.
	 * @param file a file that {@link #writeTo} has written
	 * @return the contract
	 * @throws UncheckedIOException if the file cannot be read
	 * @throws IllegalStateException if the file is no contract
	 */
	public static IrpcContract read(Path file) {
		try {
			return new IrpcContract(ContractJson.read(Files.readString(file)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (JacksonException ex) {
			throw new IllegalStateException(
					file + " is no contract (expected: a file that IrpcContract.writeTo has written)", ex);
		}
	}

	/**
	 * Write the contract as sorted JSON that is easily compared line by line. Missing
	 * folders are made; a file that is there is replaced.
	 * @param file the file
	 * @throws UncheckedIOException if the file cannot be written
	 */
	public void writeTo(Path file) {
		try {
			Path folder = file.toAbsolutePath().getParent();
			if (folder != null) {
				Files.createDirectories(folder);
			}
			Files.writeString(file, toString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Find out what clients that were made for an older contract cannot do any more.
	 * @param previous the older contract
	 * @return the reasons, sorted; empty if nothing breaks
	 */
	public List<String> breaksSince(IrpcContract previous) {
		return new ContractComparison(previous.content, this.content).breaks();
	}

	/**
	 * Used by AssertJ.
	 * @return assertions about this contract
	 */
	@Override
	public IrpcContractAssert assertThat() {
		return new IrpcContractAssert(this);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof IrpcContract that && this.content.equals(that.content);
	}

	@Override
	public int hashCode() {
		return this.content.hashCode();
	}

	/**
	 * Return the JSON text that is written to files.
	 */
	@Override
	public String toString() {
		return ContractJson.write(this.content);
	}

}
