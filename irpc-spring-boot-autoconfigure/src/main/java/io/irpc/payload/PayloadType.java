package io.irpc.payload;

import java.util.SortedMap;
import java.util.SortedSet;

import org.jspecify.annotations.Nullable;

/**
 * A type of JSON that has a name, as {@link PayloadTypes} describes it.
 *
 * @since 0.1.0
 */
public sealed interface PayloadType {

	/**
	 * An object.
	 *
	 * @param members its members by name
	 */
	record ObjectType(SortedMap<String, Member> members) implements PayloadType {

	}

	/**
	 * Strings of a closed set.
	 *
	 * @param constants the strings
	 * @param fallback what any other string is read as, {@code null} if it is refused
	 */
	record EnumType(SortedSet<String> constants, @Nullable String fallback) implements PayloadType {

	}

	/**
	 * Objects of several types, told apart by a member.
	 *
	 * @param discriminator the name of that member
	 * @param variants the descriptions of the types by the value of that member
	 */
	record VariantsType(String discriminator, SortedMap<String, String> variants) implements PayloadType {

	}

	/**
	 * A member of an object.
	 *
	 * @param type the description of its type
	 * @param required whether the object is refused without it; always {@code false} for
	 * what is written
	 * @param authority who sees it, {@code null} for everybody
	 */
	record Member(String type, boolean required, @Nullable String authority) {

	}

}
