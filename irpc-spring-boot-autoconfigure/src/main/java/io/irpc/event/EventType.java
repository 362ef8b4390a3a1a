package io.irpc.event;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.irpc.payload.MemberVisibility;
import io.irpc.payload.PayloadReader;

/**
 * A published event.
 *
 * @param name the name that peers use
 * @param javaType the class of the application event or payload
 * @param description documentation for people, empty for none
 * @param remoteRaise whether peers may raise it
 * @param members the names of its arguments
 * @param reader makes a Java value of the arguments
 * @param visibility who sees what of it
 */
record EventType(String name, Class<?> javaType, String description, boolean remoteRaise, List<String> members,
		PayloadReader<Object> reader, MemberVisibility visibility) {

	String signature(Set<String> authorities) {
		return this.members.stream()
			.filter((member) -> this.visibility.isVisible(member, authorities))
			.collect(Collectors.joining(", ", "signal " + this.name + "(", ")"));
	}

}
