package io.irpc.autoconfigure;

import java.time.Duration;

import io.irpc.service.IrpcConfigurationException;

import org.springframework.util.unit.DataSize;

/**
 * Checks the values of properties, so that the start fails with the name of the one that
 * is wrong.
 */
public final class PropertyChecks {

	private static final int MAX_PORT = 65535;

	private PropertyChecks() {
	}

	public static int positive(String property, int value) {
		require(value > 0, property, value, "a number above 0");
		return value;
	}

	public static Duration positive(String property, Duration value) {
		require(!value.isNegative() && !value.isZero(), property, value, "a duration above 0");
		return value;
	}

	public static long positive(String property, DataSize value) {
		require(value.toBytes() > 0, property, value, "a size above 0");
		return value.toBytes();
	}

	public static int size(String property, DataSize value) {
		require(value.toBytes() > 0 && value.toBytes() <= Integer.MAX_VALUE, property, value,
				"a size above 0 and below 2GB");
		return (int) value.toBytes();
	}

	public static int port(String property, int value) {
		require(value >= 0 && value <= MAX_PORT, property, value, "0 for any free port, or a port up to " + MAX_PORT);
		return value;
	}

	public static void require(boolean valid, String property, Object value, String expected) {
		if (!valid) {
			throw new IrpcConfigurationException(property + "=" + value + " is not valid",
					"Set " + property + " to " + expected + ".");
		}
	}

}
