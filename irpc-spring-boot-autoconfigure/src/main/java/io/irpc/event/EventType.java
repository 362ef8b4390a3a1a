package io.irpc.event;

import java.util.List;

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
 */
record EventType(String name, Class<?> javaType, String description, boolean remoteRaise, List<String> members,
		PayloadReader<Object> reader) {

	String signature() {
		return "signal " + this.name + "(" + String.join(", ", this.members) + ")";
	}

}
