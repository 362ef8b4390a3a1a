package io.irpc.payload;

import java.io.Serial;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;

/**
 * Ignores annotations by which JSON would name classes: a peer must not choose what is
 * instantiated here, nor learn how classes are called. Names that the application gives
 * to subtypes keep working.
 */
final class ClassIdsIgnored extends NopAnnotationIntrospector {

	@Serial
	private static final long serialVersionUID = 1L;

	private static final JsonTypeInfo.Value NONE = JsonTypeInfo.Value.construct(JsonTypeInfo.Id.NONE, null, null, null,
			false, null);

	@Override
	public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
		JsonTypeInfo annotation = annotated.getAnnotation(JsonTypeInfo.class);
		boolean byClass = annotation != null
				&& (annotation.use() == JsonTypeInfo.Id.CLASS || annotation.use() == JsonTypeInfo.Id.MINIMAL_CLASS);
		return byClass ? NONE : null;
	}

}
