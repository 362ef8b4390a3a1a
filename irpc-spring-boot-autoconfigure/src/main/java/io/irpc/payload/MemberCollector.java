package io.irpc.payload;

import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;
import tools.jackson.databind.jsonFormatVisitors.JsonObjectFormatVisitor;

/**
 * Collects the names of the members of an object type.
 */
final class MemberCollector extends JsonFormatVisitorWrapper.Base {

	private final List<String> names = new ArrayList<>();

	List<String> names() {
		return List.copyOf(this.names);
	}

	@Override
	public JsonObjectFormatVisitor expectObjectFormat(JavaType type) {
		return new JsonObjectFormatVisitor.Base(getContext()) {

			@Override
			public void property(BeanProperty writer) {
				MemberCollector.this.names.add(writer.getName());
			}

			@Override
			public void optionalProperty(BeanProperty writer) {
				MemberCollector.this.names.add(writer.getName());
			}

		};
	}

}
