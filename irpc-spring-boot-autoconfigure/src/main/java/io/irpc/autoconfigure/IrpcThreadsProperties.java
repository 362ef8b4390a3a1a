package io.irpc.autoconfigure;

/**
 * Properties of the threads that run the application's code.
 *
 * @since 0.1.0
 */
public class IrpcThreadsProperties {

	/**
	 * Whether to use virtual threads where the Java runtime has them (21 or later).
	 */
	private boolean virtual = true;

	/**
	 * Maximum number of threads where they are not virtual, besides up to 256 that wait
	 * for futures. A quarter may belong to event loops.
	 */
	private int max = 64;

	public boolean isVirtual() {
		return this.virtual;
	}

	public void setVirtual(boolean virtual) {
		this.virtual = virtual;
	}

	public int getMax() {
		return this.max;
	}

	public void setMax(int max) {
		this.max = max;
	}

}
