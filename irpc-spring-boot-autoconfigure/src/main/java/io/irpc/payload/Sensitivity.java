package io.irpc.payload;

import java.lang.reflect.Field;

import io.irpc.annotation.IrpcSensitive;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.BeanPropertyDefinition;

/**
 * Finds out whether a property is sensitive.
 */
final class Sensitivity {

	private Sensitivity() {
	}

	/**
	 * Find the annotation on what Jackson uses of a property, or on its field: Jackson
	 * does not look at a field that it needs neither to read nor to write.
	 * @param property the property
	 * @return the annotation, {@code null} for none
	 */
	static @Nullable IrpcSensitive of(BeanPropertyDefinition property) {
		AnnotatedMember member = property.getPrimaryMember();
		if (member == null) {
			return null;
		}
		IrpcSensitive annotation = member.getAnnotation(IrpcSensitive.class);
		Class<?> type = member.getDeclaringClass();
		while (annotation == null && type != null) {
			annotation = ofField(type, property.getInternalName());
			type = type.getSuperclass();
		}
		return annotation;
	}

	private static @Nullable IrpcSensitive ofField(Class<?> type, String name) {
		for (Field field : type.getDeclaredFields()) {
			if (field.getName().equals(name)) {
				return field.getAnnotation(IrpcSensitive.class);
			}
		}
		return null;
	}

}
