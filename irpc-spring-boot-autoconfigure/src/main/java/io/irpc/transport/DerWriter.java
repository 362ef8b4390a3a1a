package io.irpc.transport;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/**
 * Writes the few kinds of ASN.1 values that a certificate is made of, in DER.
 */
final class DerWriter {

	static final int SEQUENCE = 0x30;

	static final int SET = 0x31;

	private static final int BOOLEAN = 0x01;

	private static final int INTEGER = 0x02;

	private static final int BIT_STRING = 0x03;

	private static final int OCTET_STRING = 0x04;

	private static final int OBJECT_IDENTIFIER = 0x06;

	private static final int UTF8_STRING = 0x0C;

	private static final int UTC_TIME = 0x17;

	private static final int GENERALIZED_TIME = 0x18;

	private static final int FIRST_YEAR_OF_GENERALIZED_TIME = 2050;

	private static final int MAX_SHORT_LENGTH = 0x7F;

	private static final DateTimeFormatter UTC_FORMAT = DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'");

	private static final DateTimeFormatter GENERALIZED_FORMAT = DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'");

	private DerWriter() {
	}

	/**
	 * Write a value of any kind.
	 * @param tag its tag
	 * @param parts its content
	 * @return the bytes
	 */
	static byte[] value(int tag, byte[]... parts) {
		ByteArrayOutputStream content = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			content.writeBytes(part);
		}
		ByteArrayOutputStream result = new ByteArrayOutputStream();
		result.write(tag);
		writeLength(result, content.size());
		result.writeBytes(content.toByteArray());
		return result.toByteArray();
	}

	static byte[] sequence(byte[]... parts) {
		return value(SEQUENCE, parts);
	}

	static byte[] yes() {
		return value(BOOLEAN, new byte[] { (byte) 0xFF });
	}

	static byte[] integer(BigInteger number) {
		return value(INTEGER, number.toByteArray());
	}

	static byte[] bitString(byte[] bytes) {
		return value(BIT_STRING, new byte[] { 0 }, bytes);
	}

	static byte[] octetString(byte[] bytes) {
		return value(OCTET_STRING, bytes);
	}

	/**
	 * Write an object identifier.
	 * @param hex its content, encoded already
	 * @return the bytes
	 */
	static byte[] identifier(String hex) {
		return value(OBJECT_IDENTIFIER, HexFormat.of().parseHex(hex));
	}

	static byte[] text(String text) {
		return value(UTF8_STRING, text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Write a time in the form that RFC 5280 wants for its year.
	 * @param time the time, of which seconds are written
	 * @return the bytes
	 */
	static byte[] time(Instant time) {
		ZonedDateTime utc = time.atZone(ZoneOffset.UTC);
		boolean isShort = utc.getYear() < FIRST_YEAR_OF_GENERALIZED_TIME;
		String text = utc.format(isShort ? UTC_FORMAT : GENERALIZED_FORMAT);
		return value(isShort ? UTC_TIME : GENERALIZED_TIME, text.getBytes(StandardCharsets.US_ASCII));
	}

	private static void writeLength(ByteArrayOutputStream out, int length) {
		if (length <= MAX_SHORT_LENGTH) {
			out.write(length);
			return;
		}
		byte[] bytes = BigInteger.valueOf(length).toByteArray();
		int start = (bytes[0] == 0) ? 1 : 0;
		out.write(0x80 | (bytes.length - start));
		out.write(bytes, start, bytes.length - start);
	}

}
