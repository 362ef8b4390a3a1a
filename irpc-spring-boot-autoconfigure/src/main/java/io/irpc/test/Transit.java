package io.irpc.test;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

import org.jspecify.annotations.Nullable;

/**
 * What is under way from one side to the other, in the order in which it was sent. All of
 * it travels at the same time: a delay holds each byte up and not the ones behind it.
 */
final class Transit {

	/**
	 * As in the buffers of a network, beyond which the sender has to wait.
	 */
	private static final int CAPACITY = 1024 * 1024;

	private final Deque<Parcel> parcels = new ArrayDeque<>();

	private final Weather weather;

	private final long delay;

	private long lineFree = Long.MIN_VALUE;

	private int length;

	/**
	 * Create a transit.
	 * @param weather holds up what travels
	 * @param delay how long it takes beyond that, in nanoseconds
	 */
	Transit(Weather weather, long delay) {
		this.weather = weather;
		this.delay = delay;
	}

	/**
	 * Send bytes on their way.
	 * @param bytes the bytes
	 * @param now the time, in nanoseconds
	 */
	void send(byte[] bytes, long now) {
		int largest = this.weather.largestParcel();
		for (int offset = 0; offset < bytes.length; offset += Math.min(largest, bytes.length - offset)) {
			this.parcels.add(new Parcel(
					Arrays.copyOfRange(bytes, offset, offset + Math.min(largest, bytes.length - offset)), null, now));
		}
		this.length += bytes.length;
	}

	/**
	 * Send the end on its way, behind all bytes.
	 * @param ending how it ends
	 * @param now the time, in nanoseconds
	 */
	void send(Ending ending, long now) {
		this.parcels.add(new Parcel(new byte[0], ending, now));
	}

	boolean isFull() {
		return this.length >= CAPACITY;
	}

	boolean isEmpty() {
		return this.parcels.isEmpty();
	}

	/**
	 * Return when the first thing under way arrives.
	 * @return the time, in nanoseconds
	 */
	long arrival() {
		return transmitted(this.parcels.element()) + this.weather.delayNanos() + this.delay;
	}

	/**
	 * Take the first thing under way.
	 * @return what has arrived
	 */
	Parcel take() {
		Parcel parcel = this.parcels.remove();
		this.lineFree = transmitted(parcel);
		this.length -= parcel.bytes().length;
		return parcel;
	}

	/**
	 * Lose all that is under way.
	 */
	void clear() {
		this.parcels.clear();
		this.length = 0;
	}

	private long transmitted(Parcel parcel) {
		return Math.max(parcel.sent(), this.lineFree) + this.weather.transmissionNanos(parcel.bytes().length);
	}

	/**
	 * Bytes, or the end behind them.
	 *
	 * @param bytes the bytes
	 * @param ending how it ends, {@code null} if it does not
	 * @param sent when it was sent, in nanoseconds
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record Parcel(byte[] bytes, @Nullable Ending ending, long sent) {

	}

}
