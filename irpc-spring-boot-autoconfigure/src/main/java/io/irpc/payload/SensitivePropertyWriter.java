package io.irpc.payload;

import java.io.Serial;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.ser.BeanPropertyWriter;
import tools.jackson.databind.util.NameTransformer;

/**
 * Writes a sensitive member for those who may see it, and keeps it out of the text of a
 * failure.
 */
final class SensitivePropertyWriter extends BeanPropertyWriter {

	@Serial
	private static final long serialVersionUID = 1L;

	private final BeanPropertyWriter delegate;

	private final String authority;

	SensitivePropertyWriter(BeanPropertyWriter delegate, String authority) {
		super(delegate);
		this.delegate = delegate;
		this.authority = authority;
	}

	String authority() {
		return this.authority;
	}

	@Override
	public BeanPropertyWriter rename(NameTransformer transformer) {
		return new SensitivePropertyWriter(this.delegate.rename(transformer), this.authority);
	}

	@Override
	public void assignSerializer(ValueSerializer<Object> serializer) {
		this.delegate.assignSerializer(serializer);
		super.assignSerializer(serializer);
	}

	@Override
	public void assignNullSerializer(ValueSerializer<Object> serializer) {
		this.delegate.assignNullSerializer(serializer);
		super.assignNullSerializer(serializer);
	}

	@Override
	public void assignTypeSerializer(TypeSerializer serializer) {
		this.delegate.assignTypeSerializer(serializer);
		super.assignTypeSerializer(serializer);
	}

	@Override
	public void setNonTrivialBaseType(JavaType type) {
		this.delegate.setNonTrivialBaseType(type);
		super.setNonTrivialBaseType(type);
	}

	@Override
	public void serializeAsProperty(Object bean, JsonGenerator generator, SerializationContext context)
			throws Exception {
		if (isHidden(generator, context)) {
			this.delegate.serializeAsOmittedProperty(bean, generator, context);
			return;
		}
		guarded(generator, () -> this.delegate.serializeAsProperty(bean, generator, context));
	}

	@Override
	public void serializeAsElement(Object bean, JsonGenerator generator, SerializationContext context)
			throws Exception {
		if (isHidden(generator, context)) {
			generator.writeNull();
			return;
		}
		guarded(generator, () -> this.delegate.serializeAsElement(bean, generator, context));
	}

	private boolean isHidden(JsonGenerator generator, SerializationContext context) {
		return !this.authority.isEmpty() && context.getAttribute(Audience.class) instanceof Audience audience
				&& !audience.sees(this.authority, getName(), generator.streamWriteContext());
	}

	private void guarded(JsonGenerator generator, Writing writing) {
		try {
			writing.run();
		}
		catch (Exception ex) {
			throw DatabindException.from(generator, "The sensitive member " + getName() + " has no JSON form");
		}
	}

	@FunctionalInterface
	private interface Writing {

		void run() throws Exception;

	}

}
