package io.irpc.payload;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds the members that objects are written with.
 *
 * @param mapper writes them
 */
record MembersWritten(JsonMapper mapper) implements PayloadTypes.MembersOf {

	@Override
	public boolean knows(JavaType type) {
		return true;
	}

	@Override
	public List<PayloadTypes.Found> of(JavaType type) {
		return FormatCollector.of(this.mapper, type).members().stream().map(MembersWritten::found).toList();
	}

	@Override
	public @Nullable JavaType delegate(JavaType type) {
		return null;
	}

	private static PayloadTypes.Found found(BeanProperty property) {
		boolean hidden = property instanceof SensitivePropertyWriter writer && !writer.authority().isEmpty();
		return new PayloadTypes.Found(property.getName(), property.getType(), false,
				hidden ? ((SensitivePropertyWriter) property).authority() : null);
	}

}
