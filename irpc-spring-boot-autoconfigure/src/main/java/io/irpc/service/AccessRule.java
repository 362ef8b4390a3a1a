package io.irpc.service;

/**
 * A rule about access, in words for people.
 *
 * @param who who is let in, such as {@code role OPERATOR}
 * @param source where the rule stands, such as {@code functions settings.*}
 * @since 0.1.0
 */
public record AccessRule(String who, String source) {

}
