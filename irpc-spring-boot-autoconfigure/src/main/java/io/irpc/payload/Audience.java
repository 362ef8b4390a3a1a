package io.irpc.payload;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.TokenStreamContext;

/**
 * Decides for whom a value is written: an attribute of Jackson's writers. Without one
 * everything is written.
 */
@FunctionalInterface
interface Audience {

	/**
	 * Decide on a member that needs an authority.
	 * @param authority the authority
	 * @param name the name of the member
	 * @param object where the member stands
	 * @return {@code false} to hide it
	 */
	boolean sees(String authority, String name, TokenStreamContext object);

	/**
	 * Return the audience that has some authorities.
	 * @param authorities the authorities
	 * @return the audience
	 */
	static Audience of(Set<String> authorities) {
		return (authority, name, object) -> authorities.contains(authority);
	}

	/**
	 * Return the audience that keeps everything to hide members later, by the declared
	 * types alone. What these do not show could not be hidden then.
	 * @param tree the members of the declared type
	 * @return the audience
	 */
	static Audience keeper(MemberTree tree) {
		return (authority, name, object) -> {
			MemberTree.Member member = find(tree, name, object);
			if (member == null || !member.authority().equals(authority)) {
				throw new IllegalArgumentException("The member " + name + " needs the authority " + authority
						+ ", which the declared types do not show (expected: @IrpcSensitive on a member of the declared"
						+ " type itself)");
			}
			return true;
		};
	}

	private static MemberTree.@Nullable Member find(MemberTree tree, String name, TokenStreamContext object) {
		Deque<String> path = new ArrayDeque<>();
		for (TokenStreamContext at = object.getParent(); at != null; at = at.getParent()) {
			if (at.inObject()) {
				path.push(at.currentName());
			}
		}
		MemberTree current = tree;
		for (String step : path) {
			MemberTree.Member member = current.member(step);
			MemberTree next = current.isMap() ? current.entries() : (member != null) ? member.type() : null;
			if (next == null) {
				return null;
			}
			current = next;
		}
		return current.member(name);
	}

}
