package io.irpc.payload;

import java.util.List;

/**
 * Knows which parts of an argument must not be told in texts. Safe for use by many
 * threads.
 *
 * @since 0.1.0
 */
public final class SensitiveMembers {

	private final MemberTree tree;

	SensitiveMembers(MemberTree tree) {
		this.tree = tree;
	}

	/**
	 * Return whether nothing in the argument is sensitive.
	 * @return {@code true} if everything may be told
	 */
	public boolean isEmpty() {
		return !this.tree.isSensitive();
	}

	/**
	 * Return whether a part of the argument is sensitive, lies in something that is or
	 * contains something that is. A part that is not known is taken for sensitive.
	 * @param properties the names of the Java properties that lead to the part, without
	 * indexes and keys
	 * @return {@code true} if the part must not be told
	 */
	public boolean include(List<String> properties) {
		MemberTree current = this.tree;
		for (String property : properties) {
			MemberTree.Member member = current.content().ofProperty(property);
			if (member == null || member.sensitive()) {
				return true;
			}
			current = member.type();
		}
		return current.isSensitive();
	}

}
