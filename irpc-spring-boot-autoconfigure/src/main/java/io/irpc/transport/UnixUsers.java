package io.irpc.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * Names the users that numbers stand for, as far as a file tells.
 */
final class UnixUsers {

	private static final int ROOT = 0;

	private UnixUsers() {
	}

	/**
	 * Return the name of a user.
	 * @param uid the number of the user
	 * @param file a file whose owner's name and number are known
	 * @return the name, {@code null} for a user who is neither the owner nor root
	 */
	static @Nullable String name(int uid, Path file) throws IOException {
		if (uid == ROOT) {
			return "root";
		}
		if (Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS).equals(uid)) {
			return Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).getName();
		}
		return null;
	}

}
