package io.irpc.test.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.irpc.payload.PayloadType;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes contracts as JSON and reads them. The application's own JSON settings do not
 * count here, so that files stay as they are.
 */
final class ContractJson {

	private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.addMixIn(PayloadType.class, TypeMixIn.class)
		.addMixIn(PayloadType.ObjectType.class, ObjectMixIn.class)
		.addMixIn(PayloadType.Member.class, MemberMixIn.class)
		.enable(SerializationFeature.INDENT_OUTPUT)
		.enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
		.defaultPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(INDENTER).withArrayIndenter(INDENTER))
		.changeDefaultPropertyInclusion((inclusion) -> inclusion.withValueInclusion(JsonInclude.Include.NON_DEFAULT))
		.build();

	private ContractJson() {
	}

	static String write(ContractContent content) {
		return MAPPER.writeValueAsString(content) + "\n";
	}

	static ContractContent read(String json) {
		return MAPPER.readValue(json, ContractContent.class);
	}

	/**
	 * Kinds of types are told apart by what they have.
	 */
	@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
	@JsonSubTypes({ @JsonSubTypes.Type(PayloadType.ObjectType.class), @JsonSubTypes.Type(PayloadType.EnumType.class),
			@JsonSubTypes.Type(PayloadType.VariantsType.class) })
	private interface TypeMixIn {

	}

	/**
	 * An object without members is told from other types as well.
	 */
	@JsonInclude(JsonInclude.Include.ALWAYS)
	private interface ObjectMixIn {

	}

	@JsonPropertyOrder({ "type", "required", "authority" })
	private interface MemberMixIn {

	}

}
