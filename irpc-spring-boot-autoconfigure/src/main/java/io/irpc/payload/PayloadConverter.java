package io.irpc.payload;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.introspect.ClassIntrospector;
import tools.jackson.databind.json.JsonMapper;

/**
 * Converts between payloads and Java values.
 * <p>
 * It works on a copy of an application's mapper, so that modules and naming apply, with
 * what the protocol needs made fast: one line (protocol §2), bounded JSON without
 * duplicate members (protocol §8), unknown and missing members allowed (protocol §4),
 * unknown constants of an enum read as its {@code @JsonEnumDefaultValue} if it has one.
 * Safe for use by many threads; never to be used on an event loop for values that are not
 * known to be small.
 *
 * @since 0.1.0
 */
public final class PayloadConverter {

	private static final int MAX_READERS = 1000;

	private static final int MAX_DEPTH = 64;

	private static final int MAX_NUMBER_LENGTH = 64;

	private static final int MAX_NAME_LENGTH = 256;

	private final JsonMapper mapper;

	private final ObjectWriter writer;

	private final AudienceWriters audienceWriters;

	private final Scalars scalars;

	private final Map<Type, PayloadReader<?>> readers = new ConcurrentHashMap<>();

	private final MemberTrees read;

	private final MemberTrees written;

	/**
	 * Create a converter.
	 * @param mapper the mapper to copy; it is not changed
	 * @param modules modules for the copy alone
	 * @throws IllegalArgumentException if the mapper has default typing, by which peers
	 * would choose the classes that are instantiated
	 */
	public PayloadConverter(JsonMapper mapper, JacksonModule... modules) {
		if (mapper.deserializationConfig().getDefaultTyper(mapper.constructType(Object.class)) != null) {
			throw new IllegalArgumentException("The JSON mapper has default typing activated: peers would choose the"
					+ " classes that are instantiated (expected: a mapper without default typing)");
		}
		this.mapper = new BoundedBuilder(mapper).addModules(modules)
			.addModule(new ProtocolModule())
			.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
			.disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
			.disable(JsonReadFeature.values())
			.enable(JsonWriteFeature.QUOTE_PROPERTY_NAMES, JsonWriteFeature.WRITE_NAN_AS_STRINGS)
			.disable(SerializationFeature.INDENT_OUTPUT, SerializationFeature.FAIL_ON_EMPTY_BEANS)
			.enable(EnumFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
			.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
					DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, DeserializationFeature.ACCEPT_FLOAT_AS_INT,
					DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
			.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
			.build();
		this.writer = this.mapper.writer();
		this.audienceWriters = new AudienceWriters(this.writer);
		this.scalars = new Scalars(this.mapper);
		this.read = new MemberTrees(this.mapper.deserializationConfig(),
				ClassIntrospector::introspectForDeserialization);
		this.written = new MemberTrees(this.mapper.serializationConfig(),
				ClassIntrospector::introspectForSerialization);
	}

	/**
	 * Convert a value to JSON with all its members.
	 * @param value the value
	 * @return the payload
	 * @throws PayloadException if the value has no JSON form
	 */
	public Payload write(@Nullable Object value) {
		Payload scalar = this.scalars.write(value);
		return (scalar != null) ? scalar : write(value, this.writer);
	}

	/**
	 * Convert a value to JSON without the members that are hidden from those who lack an
	 * authority.
	 * @param value the value
	 * @param authorities the authorities granted to whoever the JSON is for
	 * @return the payload
	 * @throws PayloadException if the value has no JSON form
	 */
	public Payload write(@Nullable Object value, Set<String> authorities) {
		Payload scalar = this.scalars.write(value);
		return (scalar != null) ? scalar : write(value, this.audienceWriters.of(authorities));
	}

	static Payload write(@Nullable Object value, ObjectWriter writer) {
		if (value == null) {
			return Payload.NULL;
		}
		if (value instanceof Payload payload) {
			return payload;
		}
		try {
			byte[] bytes = writer.writeValueAsBytes(value);
			return Payload.wrap(bytes, 0, bytes.length);
		}
		catch (JacksonException | StackOverflowError ex) {
			throw new PayloadException(ex);
		}
	}

	/**
	 * Convert JSON to a value.
	 * @param <T> the type of the value
	 * @param payload the JSON
	 * @param type the type of the value, with its generics
	 * @return the value, {@code null} for JSON {@code null}
	 * @throws PayloadException if the JSON is malformed, breaks a limit or is not of that
	 * type
	 */
	@SuppressWarnings("TypeParameterUnusedInFormals")
	public <T> @Nullable T read(Payload payload, Type type) {
		return this.<T>knownReader(type).read(payload);
	}

	/**
	 * Prepare the conversion to one type.
	 * @param <T> the type of the values
	 * @param type that type, with its generics
	 * @return the reader
	 */
	public <T> PayloadReader<T> reader(Type type) {
		JavaType javaType = this.mapper.constructType(type);
		return new PayloadReader<>(this.mapper.readerFor(javaType), () -> this.read.of(javaType),
				(enumType) -> FormatCollector.of(this.mapper, this.mapper.constructType(enumType)).constants(),
				shortcut(javaType));
	}

	private <T> Shortcut<T> shortcut(JavaType type) {
		boolean known = KnownValues.isFor(type);
		if ((!known && !Scalars.isFor(type)) || !Shortcut.isAllowed(this.mapper, type)) {
			return Shortcut.none();
		}
		return known ? new KnownValues<>() : this.scalars.reader(type);
	}

	@SuppressWarnings("unchecked")
	private <T> PayloadReader<T> knownReader(Type type) {
		PayloadReader<?> known = this.readers.get(type);
		if (known == null) {
			known = reader(type);
			// types may be made at run time
			if (this.readers.size() < MAX_READERS) {
				this.readers.put(type, known);
			}
		}
		return (PayloadReader<T>) known;
	}

	/**
	 * Return what must not be told of arguments of a type.
	 * @param type the type, with its generics
	 * @return the sensitive members
	 */
	public SensitiveMembers sensitiveMembers(Type type) {
		return new SensitiveMembers(this.read.of(this.mapper.constructType(type)));
	}

	/**
	 * Return who sees what of values of a type that are kept as JSON.
	 * @param type the type, with its generics
	 * @return the visibility of its members
	 */
	public MemberVisibility visibility(Type type) {
		return new MemberVisibility(this.written.of(this.mapper.constructType(type)), this.writer);
	}

	/**
	 * Return the names of the members that a type has in JSON, in the order in which they
	 * are written.
	 * @param type the type
	 * @return the names
	 */
	public List<String> members(Type type) {
		return FormatCollector.of(this.mapper, this.mapper.constructType(type))
			.members()
			.stream()
			.map(BeanProperty::getName)
			.toList();
	}

	/**
	 * Begin to describe types that are read.
	 * @return describes types
	 */
	public PayloadTypes typesRead() {
		return new PayloadTypes(this.mapper, new MembersRead(this.mapper));
	}

	/**
	 * Begin to describe types that are written.
	 * @return describes types
	 */
	public PayloadTypes typesWritten() {
		return new PayloadTypes(this.mapper, new MembersWritten(this.mapper));
	}

	/**
	 * The mapper's own {@code rebuild()} keeps the stream factory; only a builder can
	 * replace it, and only from the inside. Features of reading and writing are not set
	 * here, as those that the mapper has copied at its creation go first.
	 */
	private static final class BoundedBuilder extends JsonMapper.Builder {

		BoundedBuilder(JsonMapper mapper) {
			super(new StateImpl(mapper.rebuild()));
			this._streamFactory = ((JsonFactory) this._streamFactory).rebuild()
				.streamReadConstraints(StreamReadConstraints.builder()
					.maxNestingDepth(MAX_DEPTH)
					.maxNumberLength(MAX_NUMBER_LENGTH)
					.maxNameLength(MAX_NAME_LENGTH)
					.build())
				.disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
				.recyclerPool(new SlottedRecyclerPool())
				.build();
		}

	}

}
