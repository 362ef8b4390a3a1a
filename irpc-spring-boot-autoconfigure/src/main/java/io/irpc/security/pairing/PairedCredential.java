package io.irpc.security.pairing;

/**
 * What a client is given when it is paired, once.
 *
 * @param name its name
 * @param token what it logs in with
 */
record PairedCredential(String name, String token) {

	@Override
	public String toString() {
		return "PairedCredential[" + this.name + "]";
	}

}
