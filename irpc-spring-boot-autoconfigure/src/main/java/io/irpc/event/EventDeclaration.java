package io.irpc.event;

/**
 * A published event, as its subscribers need to know it.
 *
 * @param name the name that peers use
 * @param javaType the class of the application event or payload
 * @param remoteRaise whether peers may raise it
 * @since 0.1.0
 */
public record EventDeclaration(String name, Class<?> javaType, boolean remoteRaise) {

}
