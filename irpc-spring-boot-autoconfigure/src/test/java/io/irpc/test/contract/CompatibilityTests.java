package io.irpc.test.contract;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.irpc.annotation.IrpcEvent;
import io.irpc.annotation.IrpcFunction;
import io.irpc.annotation.IrpcParam;
import io.irpc.annotation.IrpcSensitive;
import io.irpc.annotation.IrpcService;
import io.irpc.support.ServerRunner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What breaks clients and what does not.
 */
class CompatibilityTests {

	private static final String READ = ", which old clients cannot read";

	private static final String SENT = ", which does not accept all of it";

	private final IrpcContract before = contract("", Before.class, new Before.Raised("", 1, null), new Before.Gone(1));

	@Test
	void sameContractIsCompatible() {
		assertThat(this.before).isCompatibleWith(this.before);
	}

	@Test
	void compatibleChangesAreNotTold() {
		IrpcContract after = contract("", Compatible.class, new Compatible.Raised("", 1, null, 2), new Before.Gone(1));
		assertThat(after).isNotEqualTo(this.before).isCompatibleWith(this.before);
		assertThat(after.breaksSince(this.before)).isEmpty();
	}

	@Test
	void everyBreakIsTold() {
		IrpcContract after = contract("", Breaking.class, new Breaking.Raised(1));
		assertThat(after.breaksSince(this.before)).containsExactly("event gone has been removed",
				"event raised cannot be raised by peers any more",
				"event raised.file: type string has become int32" + READ, "event raised: member line has been removed",
				"event raised: member severity has been removed",
				"function api.add: argument amount: type int64 has become int32" + SENT,
				"function api.add: result: type int32 has become int64" + READ,
				"function api.find: argument limit does not accept null any more",
				"function api.find: argument limit is required now",
				"function api.find: argument query does not accept null any more",
				"function api.find: argument query is required now",
				"function api.find: argument zone has been added and is required",
				"function api.id: argument id: type string has become uuid" + SENT,
				"function api.id: result: type uuid has become list of uuid" + READ,
				"function api.keys: argument keys[key]: constant CLOSED has been removed",
				"function api.keys: result[key]: constant ARCHIVED has been added" + READ,
				"function api.old: alias api.older has been removed", "function api.order has been removed",
				"function api.place: argument order.lines[]: member code is required now",
				"function api.place: argument order: member customer has been added and is required",
				"function api.shape: argument shape: variant square has been removed",
				"function api.shape: result: variant oval has been added" + READ,
				"function api.tree: argument tree.children[]: type Tree has become string" + SENT,
				"function api.tree: result.children[]: type Tree has become string" + READ,
				"function api.tree: result: member owner is hidden now from who lacks the authority ADMIN",
				"function api.two: argument a was number 1 and is number 2 now, which calls by position do not know",
				"function api.two: argument b was number 2 and is number 1 now, which calls by position do not know",
				"function api.two: argument renamed: alias c has been removed");
	}

	@Test
	void everyBreakStandsInTheFailure() {
		IrpcContract after = contract("", Breaking.class);
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThat(after).isCompatibleWith(this.before))
			.satisfies((failure) -> assertThat(String.valueOf(failure.getMessage()).lines())
				.hasSize(1 + after.breaksSince(this.before).size())
				.contains("  - event gone has been removed", "  - function api.order has been removed"));
	}

	@Test
	void argumentsCannotBeRemovedWhereUnknownOnesAreRejected() {
		IrpcContract strict = contract("irpc.server.unknown-arguments=reject", Before.class,
				new Before.Raised("", 1, null), new Before.Gone(1));
		assertThat(strict.breaksSince(this.before)).containsExactly("unknown arguments are rejected now");
		IrpcContract after = contract("irpc.server.unknown-arguments=reject", Compatible.class,
				new Compatible.Raised("", 1, null, 2), new Before.Gone(1));
		assertThat(after.breaksSince(strict))
			.containsExactly("function api.two: argument renamed has been removed, and unknown arguments are rejected");
	}

	private static IrpcContract contract(String property, Class<?> service, Object... events) {
		IrpcContract[] contract = new IrpcContract[1];
		ApplicationContextRunner runner = ServerRunner.of(service);
		(property.isEmpty() ? runner : runner.withPropertyValues(property)).run((context) -> {
			for (Object event : events) {
				context.publishEvent(event);
			}
			contract[0] = IrpcContract.of(context);
		});
		return contract[0];
	}

	@IrpcService("api")
	static class Before {

		public int add(long amount) {
			return 1;
		}

		public void find(@Nullable String query, @IrpcParam(defaultValue = "10") int limit) {
		}

		public UUID id(String id) {
			return new UUID(1, 2);
		}

		public Map<State, Integer> keys(Map<State, Integer> keys) {
			return keys;
		}

		@IrpcFunction(aliases = "older")
		public void old() {
		}

		public int order() {
			return 1;
		}

		public void place(Order order) {
		}

		public Shape shape(Shape shape) {
			return shape;
		}

		public Tree tree(Tree tree) {
			return tree;
		}

		public void two(int a, int b, @IrpcParam(aliases = "c") int renamed) {
		}

		public Lenient lenient() {
			return Lenient.OTHER;
		}

		enum State {

			OPEN, CLOSED

		}

		enum Lenient {

			ONE, @JsonEnumDefaultValue
			OTHER

		}

		record Order(@JsonProperty(required = true) String id, List<Line> lines, String note) {

		}

		record Line(String code, int amount) {

		}

		record Tree(List<Tree> children, String owner) {

		}

		@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
		@JsonSubTypes({ @JsonSubTypes.Type(value = Circle.class, name = "circle"),
				@JsonSubTypes.Type(value = Square.class, name = "square") })
		interface Shape {

		}

		record Circle(int radius) implements Shape {

		}

		record Square(int side) implements Shape {

		}

		@IrpcEvent(value = "raised", remoteRaise = true)
		record Raised(String file, int line, @Nullable State severity) {

		}

		@IrpcEvent("gone")
		record Gone(int number) {

		}

	}

	@IrpcService("api")
	static class Compatible {

		public int add(BigDecimal amount, @IrpcParam(defaultValue = "1") int factor) {
			return 1;
		}

		public void find(@Nullable String query, Optional<Integer> limit) {
		}

		public UUID id(@Nullable String id) {
			return new UUID(1, 2);
		}

		public Map<Before.State, Short> keys(Map<State, Long> keys) {
			return Map.of();
		}

		@IrpcFunction(aliases = { "older", "old" })
		public void current() {
		}

		public int order() {
			return 1;
		}

		public int added() {
			return 1;
		}

		public void place(RenamedOrder order) {
		}

		public Before.Shape shape(Shape shape) {
			return new Before.Circle(1);
		}

		public Tree tree(Tree tree) {
			return tree;
		}

		public void two(int a, int b) {
		}

		public Lenient lenient() {
			return Lenient.NEW;
		}

		enum State {

			OPEN, CLOSED, ARCHIVED

		}

		enum Lenient {

			ONE, NEW, @JsonEnumDefaultValue
			OTHER

		}

		record RenamedOrder(String id, List<Before.Line> lines, int priority) {

		}

		record Tree(List<Tree> children, String owner, int depth) {

		}

		@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
		@JsonSubTypes({ @JsonSubTypes.Type(value = Circle.class, name = "circle"),
				@JsonSubTypes.Type(value = Square.class, name = "square"),
				@JsonSubTypes.Type(value = Oval.class, name = "oval") })
		interface Shape {

		}

		record Circle(int radius) implements Shape {

		}

		record Square(int side) implements Shape {

		}

		record Oval(int width) implements Shape {

		}

		@IrpcEvent(value = "raised", remoteRaise = true)
		record Raised(String file, int line, Before.@Nullable State severity, int added) {

		}

	}

	@IrpcService("api")
	static class Breaking {

		public long add(int amount) {
			return 1;
		}

		public void find(String query, int limit, String zone) {
		}

		public List<UUID> id(UUID id) {
			return List.of(id);
		}

		public Map<Sent, Integer> keys(Map<Received, Integer> keys) {
			return Map.of();
		}

		public void old() {
		}

		public void place(Order order) {
		}

		public Compatible.Shape shape(Shape shape) {
			return new Compatible.Oval(1);
		}

		public Tree tree(Tree tree) {
			return tree;
		}

		public void two(int b, int a, int renamed) {
		}

		public Before.Lenient lenient() {
			return Before.Lenient.OTHER;
		}

		enum Received {

			OPEN, ARCHIVED

		}

		enum Sent {

			OPEN, ARCHIVED

		}

		record Order(@JsonProperty(required = true) String id, List<Line> lines,
				@JsonProperty(required = true) String customer) {

		}

		record Line(@JsonProperty(required = true) String code, int amount) {

		}

		record Tree(List<String> children, @IrpcSensitive(authority = "ADMIN") String owner) {

		}

		@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
		@JsonSubTypes(@JsonSubTypes.Type(value = Circle.class, name = "circle"))
		interface Shape {

		}

		record Circle(int radius) implements Shape {

		}

		@IrpcEvent("raised")
		record Raised(int file) {

		}

	}

}
