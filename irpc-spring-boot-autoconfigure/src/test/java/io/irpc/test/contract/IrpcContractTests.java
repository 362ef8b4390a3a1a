package io.irpc.test.contract;

import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import io.irpc.annotation.IrpcEvent;
import io.irpc.annotation.IrpcFunction;
import io.irpc.annotation.IrpcParam;
import io.irpc.annotation.IrpcSensitive;
import io.irpc.annotation.IrpcService;
import io.irpc.support.ServerRunner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What stands in a contract and in its file.
 */
class IrpcContractTests {

	private static final ClassPathResource EXPECTED = new ClassPathResource("io/irpc/test/contract/shop.json");

	@TempDir
	private Path folder;

	@Test
	void contractShowsWhatTheConverterReadsAndWrites() throws Exception {
		assertThat(shop().toString()).isEqualTo(EXPECTED.getContentAsString(StandardCharsets.UTF_8));
	}

	@Test
	void contractIsReadAsItWasWritten() {
		Path file = this.folder.resolve("new/contract.json");
		IrpcContract contract = shop();
		contract.writeTo(file);
		assertThat(IrpcContract.read(file)).isEqualTo(contract).hasSameHashCodeAs(contract);
		assertThat(IrpcContract.read(file)).isCompatibleWith(contract);
	}

	@Test
	void namesAreThoseOfTheApplicationsMapper() {
		ServerRunner.of(Small.class)
			.withBean(JsonMapper.class,
					() -> JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build())
			.run((context) -> assertThat(IrpcContract.of(context).toString()).contains("\"first_name\"")
				.doesNotContain("firstName"));
	}

	@Test
	void fileThatIsMissingIsWrittenAndToBeCommitted() {
		Path file = this.folder.resolve("contract.json");
		IrpcContract contract = contract(Small.class);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(contract).isCompatibleWith(file))
			.withMessage(
					"There was no contract in " + file + ". It has been written: commit it, and run the test again.");
		assertThat(contract).isCompatibleWith(file);
	}

	@Test
	void fileIsBroughtUpToDateWhenNothingBreaks() {
		Path file = this.folder.resolve("contract.json");
		contract(Small.class).writeTo(file);
		IrpcContract contract = contract(Small.class, Other.class);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(contract).isCompatibleWith(file))
			.withMessageStartingWith("The contract has changed without breaking clients. " + file);
		assertThat(contract).isCompatibleWith(file);
		assertThat(IrpcContract.read(file)).isEqualTo(contract);
	}

	@Test
	void fileIsLeftAloneWhenSomethingBreaksAndAllOfItIsListed() throws Exception {
		Path file = this.folder.resolve("contract.json");
		contract(Small.class, Other.class).writeTo(file);
		String written = Files.readString(file);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(contract()).isCompatibleWith(file))
			.withMessage("The contract breaks clients that were made for the one in " + file + ":\n"
					+ "  - function other has been removed\n  - function small has been removed\n"
					+ "If that is meant, delete the file and run the test again to have it written.");
		assertThat(Files.readString(file)).isEqualTo(written);
	}

	@Test
	void otherFilesAreNoContracts() throws Exception {
		Path file = this.folder.resolve("contract.json");
		for (String text : List.of("", "{}", "{\"a\":1}", "[]")) {
			Files.writeString(file, text);
			assertThatIllegalStateException().as(text)
				.isThrownBy(() -> IrpcContract.read(file))
				.withMessageContaining("is no contract");
		}
	}

	@Test
	void applicationsWithoutAServerHaveNoContract() {
		ServerRunner.of()
			.withPropertyValues("irpc.server.enabled=false")
			.run((context) -> assertThatIllegalStateException().isThrownBy(() -> IrpcContract.of(context))
				.withMessageContaining("no IRPC server"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "stream", "iterator", "flux" })
	void streamsAreTheirElements(String name) throws Exception {
		assertThat(ResultType.of(method(name), Results.class)).isEqualTo(new ResultType(Integer.class, true, false));
	}

	@ParameterizedTest
	@CsvSource({ "future,false", "mono,false", "plain,false", "nullable,true" })
	void whatComesLaterIsItsValue(String name, boolean nullable) throws Exception {
		assertThat(ResultType.of(method(name), Results.class))
			.isEqualTo(new ResultType(Integer.class, false, nullable));
	}

	private static Method method(String name) throws NoSuchMethodException {
		return Results.class.getDeclaredMethod(name);
	}

	private static IrpcContract shop() {
		IrpcContract[] contract = new IrpcContract[1];
		ServerRunner.of(Shop.class).run((context) -> {
			context.publishEvent(new Sold("1", null));
			context.publishEvent(new Restock(1, 2));
			contract[0] = IrpcContract.of(context);
		});
		return contract[0];
	}

	static IrpcContract contract(Class<?>... services) {
		IrpcContract[] contract = new IrpcContract[1];
		ServerRunner.of(services).run((context) -> contract[0] = IrpcContract.of(context));
		return contract[0];
	}

	@IrpcService(value = "shop", aliases = "store")
	static class Shop {

		@IrpcFunction(aliases = "search")
		public Page<Article> find(@IrpcParam(aliases = "text") String query, @IrpcParam(defaultValue = "10") int limit,
				Optional<Instant> since, @Nullable State state) {
			throw new UnsupportedOperationException();
		}

		public void put(Article article, Map<State, List<UUID>> ids, @IrpcParam(defaultValue = "none") Secret secret) {
		}

		public Optional<Shape> shape(Shape shape) {
			return Optional.empty();
		}

		public CompletableFuture<Category> category(byte[] image, BigDecimal price, Object anything) {
			throw new UnsupportedOperationException();
		}

		public Account account(Account account, Code code) {
			return account;
		}

		public void change(@IrpcSensitive @IrpcParam(defaultValue = "hunter2") String password) {
		}

	}

	record Page<T>(List<T> items, boolean more) {

	}

	record Article(@JsonProperty(required = true) String id, @JsonProperty("label") String name, State state,
			@JsonIgnore String internal, @JsonUnwrapped Size size) {

	}

	record Size(short width, long height) {

	}

	record Category(String name, @Nullable Category parent, Map<String, Category> children) {

	}

	enum State {

		@JsonProperty("new")
		NEW,

		USED,

		@JsonEnumDefaultValue
		OTHER

	}

	record Secret(@JsonValue String text) {

	}

	enum Code {

		A("a"), B("b");

		@JsonValue
		final String text;

		Code(String text) {
			this.text = text;
		}

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
	@JsonSubTypes({ @JsonSubTypes.Type(value = Circle.class, name = "circle"),
			@JsonSubTypes.Type(value = Square.class, name = "square") })
	interface Shape {

	}

	record Circle(double radius) implements Shape {

	}

	record Square(double side) implements Shape {

	}

	static class Account {

		@JsonProperty(access = JsonProperty.Access.WRITE_ONLY)
		public String password = "";

		@IrpcSensitive(authority = "ACCOUNTING")
		public @Nullable BigDecimal balance;

		private String owner = "";

		public String getOwner() {
			return this.owner;
		}

		public void setOwner(String owner) {
			this.owner = owner;
		}

		public int getAge() {
			return 1;
		}

	}

	@IrpcEvent("sold")
	record Sold(String article, @Nullable State state) {

	}

	@IrpcEvent(value = "restock", remoteRaise = true)
	record Restock(int article, int amount) {

	}

	@IrpcService
	static class Small {

		public Person small(Person person) {
			return person;
		}

	}

	record Person(String firstName) {

	}

	@IrpcService
	static class Other {

		public int other() {
			return 1;
		}

	}

	interface Results {

		Stream<Integer> stream();

		Iterator<Integer> iterator();

		Flux<Integer> flux();

		CompletableFuture<Integer> future();

		Mono<Integer> mono();

		Integer plain();

		@Nullable Integer nullable();

	}

}
