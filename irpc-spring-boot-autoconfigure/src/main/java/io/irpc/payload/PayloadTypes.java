package io.irpc.payload;

import java.lang.reflect.Type;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.TreeNode;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.ClassIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.util.EnumResolver;

/**
 * Describes types by the JSON that a {@link PayloadConverter} reads or writes for them:
 * {@code int32}, {@code list of string}, {@code map of string to Order}. Not safe for use
 * by many threads.
 *
 * @since 0.1.0
 */
public final class PayloadTypes {

	private static final String ANY = "any";

	private static final Map<Class<?>, String> SMALL = Map.of(byte.class, "int8", Byte.class, "int8", short.class,
			"int16", Short.class, "int16");

	private final JsonMapper mapper;

	private final DeserializationConfig config;

	private final MembersOf members;

	private final Map<JavaType, String> names = new HashMap<>();

	private final SortedMap<String, PayloadType> definitions = new TreeMap<>();

	PayloadTypes(JsonMapper mapper, MembersOf members) {
		this.mapper = mapper;
		this.config = mapper.deserializationConfig();
		this.members = members;
	}

	/**
	 * Describe a type. The types that it is made of are defined, if they have names.
	 * @param type the type, with its generics
	 * @return the description
	 */
	public String describe(Type type) {
		return describe(this.mapper.constructType(type));
	}

	/**
	 * Return the types that the descriptions name.
	 * @return the types by name
	 */
	public SortedMap<String, PayloadType> definitions() {
		return Collections.unmodifiableSortedMap(this.definitions);
	}

	String describe(JavaType type) {
		Class<?> raw = type.getRawClass();
		if (type.isReferenceType()) {
			return describe(type.getContentType());
		}
		if (raw == Object.class || raw == Payload.class || TreeNode.class.isAssignableFrom(raw)) {
			return ANY;
		}
		if (raw == byte[].class) {
			return "bytes";
		}
		FormatCollector format = FormatCollector.of(this.mapper, type);
		return switch (format.shape()) {
			case ANY -> ANY;
			case BOOLEAN -> "boolean";
			case INTEGER -> SMALL.getOrDefault(raw, number(format.numberType(), "int64"));
			case NUMBER -> number(format.numberType(), "decimal");
			case STRING -> format.constants().isEmpty() ? string(raw) : enumeration(type, format);
			case ARRAY -> "list of " + content(type);
			case MAP -> "map of " + ((type.getKeyType() != null) ? describe(type.getKeyType()) : "string") + " to "
					+ content(type);
			case OBJECT -> object(type);
		};
	}

	private String content(JavaType type) {
		return (type.getContentType() != null) ? describe(type.getContentType()) : ANY;
	}

	private static String number(JsonParser.@Nullable NumberType type, String other) {
		if (type == null) {
			return other;
		}
		return switch (type) {
			case INT -> "int32";
			case LONG -> "int64";
			case BIG_INTEGER -> "integer";
			case FLOAT -> "float";
			case DOUBLE -> "double";
			case BIG_DECIMAL -> "decimal";
		};
	}

	// what the JDK has beside texts is told by its class, as in errors: instant, uuid
	private static String string(Class<?> raw) {
		if (!raw.getName().startsWith("java.") || CharSequence.class.isAssignableFrom(raw)) {
			return "string";
		}
		return raw.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
	}

	private String enumeration(JavaType type, FormatCollector format) {
		return define(type, () -> {
			Enum<?> fallback = EnumResolver.constructFor(this.config, annotations(type)).getDefaultValue();
			return new PayloadType.EnumType(new TreeSet<>(format.constants()),
					(fallback != null) ? this.mapper.valueToTree(fallback).asString() : null);
		});
	}

	private String object(JavaType type) {
		ClassIntrospector introspector = this.config.classIntrospectorInstance();
		BeanDescription description = introspector.introspectForDeserialization(type, annotations(type));
		AnnotatedMember value = description.findJsonValueAccessor();
		if (value != null && !value.getType().equals(type)) {
			return describe(value.getType());
		}
		JsonTypeInfo.Value info = this.config.getAnnotationIntrospector()
			.findPolymorphicTypeInfo(this.config, annotations(type));
		Set<NamedType> subtypes = new TreeSet<>((a, b) -> a.getType().getName().compareTo(b.getType().getName()));
		if (info != null && info.getIdType() == JsonTypeInfo.Id.NAME) {
			subtypes.addAll(
					this.config.getSubtypeResolver().collectAndResolveSubtypesByTypeId(this.config, annotations(type)));
			// the annotation is inherited, so a variant is told of its siblings
			subtypes.removeIf((subtype) -> subtype.getType() == type.getRawClass() || !subtype.hasName()
					|| !type.getRawClass().isAssignableFrom(subtype.getType()));
		}
		if (info == null || subtypes.isEmpty()) {
			return members(type);
		}
		return define(type, () -> {
			SortedMap<String, String> variants = new TreeMap<>();
			subtypes.forEach((subtype) -> variants.put(subtype.getName(),
					describe(this.mapper.getTypeFactory().constructSpecializedType(type, subtype.getType()))));
			return new PayloadType.VariantsType(String.valueOf(info.getPropertyName()), variants);
		});
	}

	private String members(JavaType type) {
		JavaType delegate = this.members.delegate(type);
		if (delegate != null) {
			return describe(delegate);
		}
		if (!this.members.knows(type)) {
			return ANY;
		}
		return define(type, () -> {
			SortedMap<String, PayloadType.Member> result = new TreeMap<>();
			this.members.of(type)
				.forEach((member) -> result.put(member.name(),
						new PayloadType.Member(describe(member.type()), member.required(), member.authority())));
			return new PayloadType.ObjectType(result);
		});
	}

	private String define(JavaType type, Supplier<PayloadType> definition) {
		String known = this.names.get(type);
		if (known == null) {
			known = name(type);
			// before its members, one of which may be of this type
			this.names.put(type, known);
			this.definitions.put(known, definition.get());
		}
		return known;
	}

	private String name(JavaType type) {
		String simple = type.getRawClass().getSimpleName();
		boolean usable = Character.isUpperCase(simple.codePointAt(0))
				&& !this.names.containsValue(generic(simple, type));
		return generic(usable ? simple : type.getRawClass().getName(), type);
	}

	private String generic(String name, JavaType type) {
		if (type.containedTypeCount() == 0) {
			return name;
		}
		StringBuilder text = new StringBuilder(name);
		for (int i = 0; i < type.containedTypeCount(); i++) {
			text.append((i == 0) ? "<" : ", ").append(describe(type.containedType(i)));
		}
		return text.append('>').toString();
	}

	private AnnotatedClass annotations(JavaType type) {
		return this.config.classIntrospectorInstance().introspectClassAnnotations(type);
	}

	/**
	 * Finds the members of objects in one direction of conversion.
	 */
	interface MembersOf {

		boolean knows(JavaType type);

		Iterable<Found> of(JavaType type);

		@Nullable JavaType delegate(JavaType type);

	}

	/**
	 * A member of an object.
	 *
	 * @param name its name in JSON
	 * @param type its type
	 * @param required whether it must be there
	 * @param authority who sees it, {@code null} for everybody
	 */
	record Found(String name, JavaType type, boolean required, @Nullable String authority) {

	}

}
