package io.irpc.benchmark.micro;

import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.irpc.annotation.IrpcService;
import io.irpc.payload.PayloadConverter;
import io.irpc.protocol.Command;
import io.irpc.protocol.IrpcMessage;
import io.irpc.protocol.MessageDecoder;
import io.irpc.service.ArgumentValidator;
import io.irpc.service.CallCommandHandler;
import io.irpc.service.PublishedEvents;
import io.irpc.service.ServiceMethodRegistry;
import io.irpc.service.ServiceMethodSupport;
import io.irpc.service.UnknownArguments;
import io.irpc.session.Directives;
import io.irpc.session.Invocation;
import io.irpc.session.IrpcSession;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.BeanUtils;

import static org.mockito.Mockito.mock;

/**
 * Finds a function, converts its argument and calls it, without guards.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DispatchBenchmark {

	private final CallCommandHandler handler = new CallCommandHandler(functions(), mock(PublishedEvents.class));

	/**
	 * The line, by the name of a {@link Lines constant}.
	 */
	@Param({ "CALL", "ORDER_CALL" })
	public Lines line = Lines.CALL;

	private @Nullable Invocation invocation;

	private static ServiceMethodRegistry functions() {
		ArgumentValidator validator = (bean, method, values, names) -> {
		};
		ServiceMethodRegistry registry = new ServiceMethodRegistry(
				new ServiceMethodSupport(new PayloadConverter(new JsonMapper()), List.of(), List.of(), validator,
						List.of(), new UnknownArguments(UnknownArguments.Policy.IGNORE)));
		registry.register(new Functions());
		return registry;
	}

	/**
	 * Make the invocation of the line, which only sessions do otherwise.
	 * @throws NoSuchMethodException if they do it by another constructor
	 */
	@Setup
	public void decode() throws NoSuchMethodException {
		IrpcMessage message = new MessageDecoder(64).decode(this.line.text().getBytes(StandardCharsets.UTF_8));
		Constructor<Invocation> constructor = Invocation.class.getDeclaredConstructor(IrpcSession.class, Command.class,
				String.class, Directives.class);
		this.invocation = BeanUtils.instantiateClass(constructor, mock(IrpcSession.class),
				Objects.requireNonNull(message), "1a", new Directives(null, false, 1));
	}

	@Benchmark
	public @Nullable Object call() throws Exception {
		return this.handler.handle(Objects.requireNonNull(this.invocation));
	}

	/**
	 * The functions that are called.
	 */
	@IrpcService("")
	public static class Functions {

		/**
		 * Tell whether a number is even.
		 * @param number the number
		 * @return whether it is
		 */
		public boolean add(int number) {
			return number % 2 == 0;
		}

		/**
		 * Return the argument.
		 * @param order the argument
		 * @return the argument
		 */
		public Order echo(Order order) {
			return order;
		}

	}

}
