package io.irpc.payload;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsonFormatVisitors.JsonAnyFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonArrayFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonBooleanFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;
import tools.jackson.databind.jsonFormatVisitors.JsonIntegerFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonMapFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonNumberFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonObjectFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonStringFormatVisitor;

/**
 * Finds out what values of a type are written as.
 */
final class FormatCollector extends JsonFormatVisitorWrapper.Base {

	private final List<BeanProperty> members = new ArrayList<>();

	private final List<String> constants = new ArrayList<>();

	private Shape shape = Shape.ANY;

	private JsonParser.@Nullable NumberType numberType;

	private FormatCollector() {
	}

	/**
	 * Look at a type.
	 * @param mapper writes its values
	 * @param type the type
	 * @return what was found
	 */
	static FormatCollector of(JsonMapper mapper, JavaType type) {
		FormatCollector collector = new FormatCollector();
		mapper.acceptJsonFormatVisitor(type, collector);
		return collector;
	}

	Shape shape() {
		return this.shape;
	}

	/**
	 * Return the members of an object.
	 * @return the members, in the order in which they are written
	 */
	List<BeanProperty> members() {
		return List.copyOf(this.members);
	}

	/**
	 * Return the constants of an enum.
	 * @return the constants as they are written, empty for other types
	 */
	List<String> constants() {
		return List.copyOf(this.constants);
	}

	JsonParser.@Nullable NumberType numberType() {
		return this.numberType;
	}

	@Override
	public JsonObjectFormatVisitor expectObjectFormat(JavaType type) {
		this.shape = Shape.OBJECT;
		return new JsonObjectFormatVisitor.Base(getContext()) {

			@Override
			public void property(BeanProperty writer) {
				FormatCollector.this.members.add(writer);
			}

			@Override
			public void optionalProperty(BeanProperty writer) {
				FormatCollector.this.members.add(writer);
			}

		};
	}

	@Override
	public JsonStringFormatVisitor expectStringFormat(JavaType type) {
		this.shape = Shape.STRING;
		return new JsonStringFormatVisitor.Base() {

			@Override
			public void enumTypes(Set<String> enums) {
				FormatCollector.this.constants.addAll(enums);
			}

		};
	}

	@Override
	public JsonIntegerFormatVisitor expectIntegerFormat(JavaType type) {
		this.shape = Shape.INTEGER;
		return new JsonIntegerFormatVisitor.Base() {

			@Override
			public void numberType(JsonParser.NumberType number) {
				FormatCollector.this.numberType = number;
			}

		};
	}

	@Override
	public JsonNumberFormatVisitor expectNumberFormat(JavaType type) {
		this.shape = Shape.NUMBER;
		return new JsonNumberFormatVisitor.Base() {

			@Override
			public void numberType(JsonParser.NumberType number) {
				FormatCollector.this.numberType = number;
			}

		};
	}

	@Override
	public JsonBooleanFormatVisitor expectBooleanFormat(JavaType type) {
		this.shape = Shape.BOOLEAN;
		return new JsonBooleanFormatVisitor.Base();
	}

	@Override
	public JsonArrayFormatVisitor expectArrayFormat(JavaType type) {
		this.shape = Shape.ARRAY;
		return new JsonArrayFormatVisitor.Base(getContext());
	}

	@Override
	public JsonMapFormatVisitor expectMapFormat(JavaType type) {
		this.shape = Shape.MAP;
		return new JsonMapFormatVisitor.Base(getContext());
	}

	@Override
	public JsonAnyFormatVisitor expectAnyFormat(JavaType type) {
		this.shape = Shape.ANY;
		return new JsonAnyFormatVisitor.Base();
	}

	/**
	 * A kind of JSON.
	 */
	enum Shape {

		ANY, OBJECT, MAP, ARRAY, STRING, INTEGER, NUMBER, BOOLEAN

	}

}
