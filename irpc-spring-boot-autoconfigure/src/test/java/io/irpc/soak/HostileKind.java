package io.irpc.soak;

/**
 * What a hostile peer does, as the text that it sends at each of its turns.
 */
enum HostileKind {

	SILENT {

		@Override
		String text(int turn) {
			return "";
		}

	},

	HALF_OPEN {

		@Override
		String text(int turn) {
			return (turn == 0) ? "\n" : "";
		}

	},

	SLOW_WRITER {

		@Override
		String text(int turn) {
			return (turn == 0) ? "!call@1\tfn:add\t=" : "1";
		}

	},

	ENDLESS_LINE {

		@Override
		String text(int turn) {
			return ((turn == 0) ? "!" : "") + "x".repeat(LARGE);
		}

	},

	EMPTY_LINES {

		@Override
		String text(int turn) {
			return "\n".repeat(SMALL);
		}

	},

	COMMENTS {

		@Override
		String text(int turn) {
			return "#\n".repeat(SMALL / 2);
		}

	},

	PINGS {

		@Override
		String text(int turn) {
			return "!ping\n".repeat(SMALL / 8);
		}

	},

	UNKNOWN_RESPONSES {

		@Override
		String text(int turn) {
			return ">x\t\tnull\n".repeat(SMALL / 8);
		}

	},

	IDS {

		@Override
		String text(int turn) {
			StringBuilder text = new StringBuilder();
			for (int i = 0; i < 50; i++) {
				text.append("!call@").append(turn).append('_').append(i).append("\tfn:slowly\t=\"a\"\n");
			}
			return text.toString();
		}

	},

	LARGE_ARGUMENTS {

		@Override
		String text(int turn) {
			return "!call@" + turn + "\tfn:slowly\t=\"" + "x".repeat(10 * LARGE) + "\"\n";
		}

	},

	SLOW_READER {

		@Override
		String text(int turn) {
			return ((turn == 0) ? "!monitor@m\tev:soak.tick\n" : "") + "!call@" + turn + "\tfn:text\t=500000\n";
		}

		@Override
		boolean reads() {
			return false;
		}

	},

	UNREAD_ANSWERS {

		@Override
		String text(int turn) {
			return "!ping@1\n".repeat(SMALL / 8);
		}

		@Override
		boolean reads() {
			return false;
		}

	},

	JSON_BOMB {

		@Override
		String text(int turn) {
			return switch (turn % 4) {
				case 0 -> "!call@1\tfn:size\t={\"a\":" + "[".repeat(10_000) + "\n";
				case 1 -> "!call@1\tfn:add\t=1e1000000000\t=1\n";
				case 2 -> "!call@1\tfn:size\t={\"a\":1,\"a\":2}\n";
				default -> "!call@1\tfn:add\t=" + "9".repeat(LARGE) + "\t=1\n";
			};
		}

	},

	HTTP {

		@Override
		String text(int turn) {
			return "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
		}

	},

	SSH {

		@Override
		String text(int turn) {
			return "SSH-2.0-OpenSSH_9.9\r\n";
		}

	},

	BROKEN_TLS {

		@Override
		String text(int turn) {
			return "\u0016\u0003\u0001\u0001\u0000\u0001";
		}

	},

	LOGIN_GUESSER {

		// takes effect where the server of the soak has users
		@Override
		String text(int turn) {
			return "!call@1\tfn:login\tusername=\"admin\"\tpassword=\"" + turn + "\"\n";
		}

	};

	private static final int SMALL = 2 * 1024;

	private static final int LARGE = 32 * 1024;

	/**
	 * Return what is sent.
	 * @param turn the number of the turn, counted from 0
	 * @return the text, which may be empty
	 */
	abstract String text(int turn);

	/**
	 * Return whether the peer reads what it is sent.
	 * @return {@code false} for a peer that never reads
	 */
	boolean reads() {
		return true;
	}

}
