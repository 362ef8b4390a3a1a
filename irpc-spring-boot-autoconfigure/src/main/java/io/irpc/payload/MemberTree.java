package io.irpc.payload;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The members of a type in JSON, with what is sensitive about them. Lists and optional
 * values add no level; a tree may contain itself. Not changed once it is built.
 */
final class MemberTree {

	private final Map<String, Member> members = new HashMap<>();

	private @Nullable MemberTree entries;

	/**
	 * Add a member. A second one of that name, of another subtype, makes it no less
	 * sensitive.
	 * @param name the name in JSON
	 * @param member the member
	 */
	void add(String name, Member member) {
		this.members.merge(name, member, Member::merge);
	}

	void setEntries(MemberTree values) {
		this.entries = values;
	}

	/**
	 * Return whether the members are not declared, but the keys of a map.
	 * @return {@code true} for a map
	 */
	boolean isMap() {
		return this.entries != null;
	}

	/**
	 * Return the values of a map.
	 * @return their tree, {@code null} for what is not a map
	 */
	@Nullable MemberTree entries() {
		return this.entries;
	}

	/**
	 * Return what is inside maps.
	 * @return the first tree that is none of a map
	 */
	MemberTree content() {
		return (this.entries != null) ? this.entries.content() : this;
	}

	@Nullable Member member(String name) {
		return this.members.get(name);
	}

	@Nullable Member ofProperty(String property) {
		return this.members.values()
			.stream()
			.filter((member) -> member.property().equals(property))
			.findFirst()
			.orElse(null);
	}

	boolean isSensitive() {
		return nodes().stream().flatMap((node) -> node.members.values().stream()).anyMatch(Member::sensitive);
	}

	/**
	 * Return the authorities that some member below needs.
	 * @return the authorities, empty if nothing is ever hidden
	 */
	Set<String> authorities() {
		Set<String> result = new HashSet<>();
		nodes().forEach((node) -> node.members.values().forEach((member) -> result.add(member.authority())));
		result.remove("");
		return Set.copyOf(result);
	}

	private Set<MemberTree> nodes() {
		Set<MemberTree> nodes = Collections.newSetFromMap(new IdentityHashMap<>());
		collect(nodes);
		return nodes;
	}

	private void collect(Set<MemberTree> nodes) {
		if (nodes.add(this)) {
			this.members.values().forEach((member) -> member.type().collect(nodes));
			if (this.entries != null) {
				this.entries.collect(nodes);
			}
		}
	}

	/**
	 * A member.
	 *
	 * @param property the name of the Java property
	 * @param sensitive whether its value must not be told
	 * @param authority who may see it, empty for everybody
	 * @param type what is inside
	 */
	record Member(String property, boolean sensitive, String authority, MemberTree type) {

		private Member merge(Member other) {
			return new Member(this.property, this.sensitive || other.sensitive,
					this.authority.isEmpty() ? other.authority : this.authority,
					this.type.isSensitive() ? this.type : other.type);
		}

	}

}
