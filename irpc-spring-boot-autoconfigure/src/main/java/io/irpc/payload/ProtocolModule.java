package io.irpc.payload;

import java.io.Serial;
import java.math.BigDecimal;
import java.util.List;

import io.irpc.annotation.IrpcSensitive;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.BeanPropertyWriter;
import tools.jackson.databind.ser.ValueSerializerModifier;

/**
 * Makes Jackson keep to the protocol: sensitive members are guarded, classes are not
 * named, decimals are bounded. Types without any of it are converted as always, but
 * records are made faster.
 */
final class ProtocolModule extends SimpleModule {

	@Serial
	private static final long serialVersionUID = 1L;

	ProtocolModule() {
		setSerializerModifier(new SensitiveMembersGuard());
		setDeserializerModifier(new DecimalsBound());
	}

	@Override
	public void setupModule(SetupContext context) {
		super.setupModule(context);
		context.insertAnnotationIntrospector(new ClassIdsIgnored());
		context.addValueInstantiators(new CreatorHandles());
	}

	private static final class DecimalsBound extends ValueDeserializerModifier {

		@Serial
		private static final long serialVersionUID = 1L;

		@Override
		public ValueDeserializer<?> modifyDeserializer(DeserializationConfig config, BeanDescription.Supplier type,
				ValueDeserializer<?> deserializer) {
			return (type.getBeanClass() == BigDecimal.class) ? new BoundedDecimal(deserializer) : deserializer;
		}

	}

	private static final class SensitiveMembersGuard extends ValueSerializerModifier {

		@Serial
		private static final long serialVersionUID = 1L;

		@Override
		public List<BeanPropertyWriter> changeProperties(SerializationConfig config, BeanDescription.Supplier type,
				List<BeanPropertyWriter> properties) {
			AnnotatedMember anyGetter = type.get().findAnyGetter();
			if (anyGetter != null && anyGetter.hasAnnotation(IrpcSensitive.class)) {
				throw new IllegalArgumentException("@IrpcSensitive cannot stand on " + anyGetter.getFullName()
						+ ", whose members have no names of their own (expected: a property)");
			}
			for (BeanPropertyDefinition property : type.get().findProperties()) {
				IrpcSensitive annotation = Sensitivity.of(property);
				if (annotation != null) {
					properties.replaceAll((writer) -> writer.getName().equals(property.getName())
							? guard(writer, annotation.authority()) : writer);
				}
			}
			return properties;
		}

		private static BeanPropertyWriter guard(BeanPropertyWriter property, String authority) {
			if (property.isUnwrapping()) {
				throw new IllegalArgumentException("@IrpcSensitive and @JsonUnwrapped cannot stand together on "
						+ property.getMember() + " (expected: @IrpcSensitive on the members inside)");
			}
			return new SensitivePropertyWriter(property, authority);
		}

	}

}
