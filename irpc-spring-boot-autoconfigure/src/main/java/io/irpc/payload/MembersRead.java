package io.irpc.payload;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.DeserializationContextExt;
import tools.jackson.databind.deser.SettableBeanProperty;
import tools.jackson.databind.deser.bean.BeanDeserializerBase;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.introspect.ClassIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.NameTransformer;

/**
 * Finds the members that objects are read from.
 *
 * @param mapper reads them
 */
record MembersRead(JsonMapper mapper) implements PayloadTypes.MembersOf {

	@Override
	public boolean knows(JavaType type) {
		return deserializer(type) != null;
	}

	@Override
	public List<PayloadTypes.Found> of(JavaType type) {
		List<PayloadTypes.Found> result = new ArrayList<>();
		BeanDeserializerBase deserializer = deserializer(type);
		if (deserializer != null) {
			for (Iterator<SettableBeanProperty> all = deserializer.properties(); all.hasNext();) {
				SettableBeanProperty property = all.next();
				if (!property.isIgnorable()) {
					result.add(new PayloadTypes.Found(property.getName(), property.getType(), property.isRequired(),
							null));
				}
			}
		}
		addUnwrapped(type, result);
		return result;
	}

	@Override
	public @Nullable JavaType delegate(JavaType type) {
		BeanDeserializerBase deserializer = deserializer(type);
		return (deserializer != null && deserializer.getValueInstantiator().canCreateUsingDelegate())
				? deserializer.getValueInstantiator().getDelegateType(this.mapper.deserializationConfig()) : null;
	}

	// a deserializer does not show what it unwraps
	private void addUnwrapped(JavaType type, List<PayloadTypes.Found> result) {
		DeserializationConfig config = this.mapper.deserializationConfig();
		ClassIntrospector introspector = config.classIntrospectorInstance();
		BeanDescription description = introspector.introspectForDeserialization(type,
				introspector.introspectClassAnnotations(type));
		for (BeanPropertyDefinition property : description.findProperties()) {
			NameTransformer transformer = (property.getPrimaryMember() != null) ? config.getAnnotationIntrospector()
				.findUnwrappingNameTransformer(config, property.getPrimaryMember()) : null;
			if (transformer != null) {
				result.removeIf((found) -> found.name().equals(property.getName()));
				of(property.getPrimaryType())
					.forEach((found) -> result.add(new PayloadTypes.Found(transformer.transform(found.name()),
							found.type(), found.required(), null)));
			}
		}
	}

	private @Nullable BeanDeserializerBase deserializer(JavaType type) {
		DeserializationContextExt context = this.mapper._deserializationContext();
		ValueDeserializer<?> found = context.findNonContextualValueDeserializer(type);
		return (found instanceof BeanDeserializerBase deserializer) ? deserializer : null;
	}

}
