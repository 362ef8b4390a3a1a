package io.irpc.test;

import java.util.List;
import java.util.Objects;

import io.irpc.protocol.ErrorCode;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ListAssert;
import org.assertj.core.api.ObjectAssert;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.core.ResolvableType;
import org.springframework.test.json.JsonContent;
import org.springframework.test.json.JsonContentAssert;

/**
 * AssertJ assertions about what a function has answered.
 *
 * @since 0.1.0
 */
public final class IrpcTestAnswerAssert extends AbstractAssert<IrpcTestAnswerAssert, IrpcTestAnswer> {

	IrpcTestAnswerAssert(IrpcTestAnswer actual) {
		super(actual, IrpcTestAnswerAssert.class);
	}

	/**
	 * Check that the function has returned, whatever the value.
	 * @return this
	 */
	public IrpcTestAnswerAssert succeeded() {
		this.actual.json();
		return this;
	}

	/**
	 * Check the value.
	 * @param expected a value with the same JSON form
	 * @return this
	 */
	public IrpcTestAnswerAssert hasValue(@Nullable Object expected) {
		String json = this.actual.json();
		String expectedJson = this.actual.write(expected);
		if (!isSame(json, expectedJson)) {
			throw failureWithActualExpected(json, expectedJson, "Expected the value:%n  %s%nbut it is:%n  %s",
					expectedJson, json);
		}
		return this;
	}

	/**
	 * Check that the value is {@code null}, as that of a function that returns nothing.
	 * @return this
	 */
	public IrpcTestAnswerAssert hasNoValue() {
		return hasValue(null);
	}

	/**
	 * Check the value as an object.
	 * @param <T> the type of the value
	 * @param type the type of the value
	 * @return assertions about the value
	 */
	public <T> ObjectAssert<T> value(Class<T> type) {
		return Assertions.assertThat(this.actual.value(type));
	}

	/**
	 * Check the value as a list.
	 * @param <E> the type of the elements
	 * @param type the type of the elements
	 * @return assertions about the list
	 */
	public <E> ListAssert<E> list(Class<E> type) {
		List<E> list = this.actual.read(this.actual.json(),
				ResolvableType.forClassWithGenerics(List.class, type).getType());
		return Assertions.assertThat(list);
	}

	/**
	 * Check the value as JSON.
	 * @return assertions about the JSON, for instance by path
	 */
	public JsonContentAssert json() {
		return new JsonContentAssert(new JsonContent(this.actual.json()));
	}

	/**
	 * Check that the function has failed.
	 * @param code why
	 * @return this
	 */
	public IrpcTestAnswerAssert failedWith(ErrorCode code) {
		if (this.actual.error().code() != code) {
			throw failureWithActualExpected(this.actual.error().code(), code, "Expected the error %s, but it has %s",
					code, this.actual);
		}
		return this;
	}

	/**
	 * Check the message of the error.
	 * @param expected the message
	 * @return this
	 */
	public IrpcTestAnswerAssert hasMessage(String expected) {
		Assertions.assertThat(this.actual.error()).hasMessage(expected);
		return this;
	}

	/**
	 * Check the message of the error.
	 * @param part a part of it
	 * @return this
	 */
	public IrpcTestAnswerAssert hasMessageContaining(String part) {
		Assertions.assertThat(this.actual.error()).hasMessageContaining(part);
		return this;
	}

	/**
	 * Check the details of the error.
	 * @param expected a value with the same JSON form, {@code null} for none
	 * @return this
	 */
	public IrpcTestAnswerAssert hasDetails(@Nullable Object expected) {
		String json = this.actual.write(this.actual.error().details());
		String expectedJson = this.actual.write(expected);
		if (!isSame(json, expectedJson)) {
			throw failureWithActualExpected(json, expectedJson, "Expected the details:%n  %s%nbut they are:%n  %s",
					expectedJson, json);
		}
		return this;
	}

	// whatever the order of members
	private boolean isSame(String json, String expected) {
		return Objects.equals(this.actual.<JsonNode>read(json, JsonNode.class),
				this.actual.<JsonNode>read(expected, JsonNode.class));
	}

}
