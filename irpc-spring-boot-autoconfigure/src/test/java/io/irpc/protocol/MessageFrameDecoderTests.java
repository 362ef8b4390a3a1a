package io.irpc.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.irpc.payload.Payload;
import io.irpc.protocol.ProtocolException.Consequence;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MessageFrameDecoder}.
 */
class MessageFrameDecoderTests {

	private static final int MAX_LENGTH = 100;

	private static final String FRAMES = """
			!call@22\tfn:lists.sortlist\tlista=[3,"\u00e4",{"a":null}]\t=1.5
			!monitor@mo1\tev:errorRaised\r
			# a comment, with \u20ac
			\r

			>22\t\t[0,1,3]
			>mo1\tSignal\t{"file":"a.csv"}\r
			>22\tException\t"gone"
			!ping@
			""";

	private static final List<Object> MESSAGES = List.of(
			new Command("call", "22", Map.of("fn", "lists.sortlist"),
					List.of(new Argument("lista", Payload.ofJson("[3,\"\u00e4\",{\"a\":null}]")),
							new Argument(null, Payload.ofJson("1.5")))),
			new Command("monitor", "mo1", Map.of("ev", "errorRaised"), List.of()),
			Response.value("22", Payload.ofJson("[0,1,3]")),
			Response.signal("mo1", Payload.ofJson("{\"file\":\"a.csv\"}")),
			Response.exception("22", Payload.ofJson("\"gone\"")), new Command("ping", "", Map.of(), List.of()));

	private static final Command PING = new Command("ping", null, Map.of(), List.of());

	private final MessageFrameDecoder decoder = new MessageFrameDecoder(new MessageDecoder(4), MAX_LENGTH);

	private final EmbeddedChannel channel = new EmbeddedChannel(this.decoder);

	@AfterEach
	void releaseBuffers() {
		this.channel.finishAndReleaseAll();
	}

	@Test
	void whenLineIsOfAnotherProtocolThenItIsRefusedBeforeItEnds() {
		write(new byte[] { 0x16 }, 0, 1);
		assertThat(received()).singleElement()
			.asInstanceOf(InstanceOfAssertFactories.type(ProtocolException.class))
			.extracting(ProtocolException::consequence, ProtocolException::limit)
			.containsExactly(ProtocolException.Consequence.CLOSE, Limit.FOREIGN_PROTOCOL);
	}

	@Test
	void whenEmptyLinesAndCommentsComeInAFloodThenAllAreCountedAndNothingIsPassedOn() {
		write("\n".repeat(10_000) + "#\n".repeat(10_000) + "!ping\n");
		assertThat(received()).containsExactly(PING);
		assertThat(this.decoder.lines()).isEqualTo(20_001);
		assertThat(this.decoder.heldBytes()).isZero();
	}

	@Test
	void whenWhatWasReadIsOverwrittenThenMessageStaysAsItWas() {
		ByteBuf read = Unpooled.copiedBuffer("!ping\n", StandardCharsets.US_ASCII);
		this.channel.writeInbound(read.retainedSlice());
		read.setZero(0, read.capacity()).release();
		assertThat(received()).containsExactly(PING);
	}

	@Test
	void whenSeveralMessagesArriveAtOnceThenAllArePassedOnInOrder() {
		write(FRAMES);
		assertThat(received()).isEqualTo(MESSAGES);
	}

	@Test
	void whenMessagesAreSplitAtAnyByteThenTheyAreTheSame() {
		byte[] bytes = FRAMES.getBytes(StandardCharsets.UTF_8);
		for (int split = 0; split <= bytes.length; split++) {
			write(bytes, 0, split);
			write(bytes, split, bytes.length - split);
			assertThat(received()).as("split at %d", split).isEqualTo(MESSAGES);
		}
	}

	@Test
	void whenEveryByteArrivesAloneThenMessagesAreTheSame() {
		byte[] bytes = FRAMES.getBytes(StandardCharsets.UTF_8);
		for (int i = 0; i < bytes.length; i++) {
			write(bytes, i, 1);
		}
		assertThat(received()).isEqualTo(MESSAGES);
	}

	@Test
	void whenLineHasNotEndedThenNothingIsPassedOn() {
		write("!ping");
		assertThat(received()).isEmpty();
		write("\n");
		assertThat(received()).containsExactly(PING);
	}

	@Test
	void whenInputEndsInsideLineThenTheRestIsDropped() {
		write("!ping\n!ping");
		this.channel.finish();
		assertThat(received()).containsExactly(PING);
	}

	@Test
	void whenCommandIsInvalidThenThoseBehindItAreRead() {
		write("!ping\n!x@7\tbroken\n!ping\n>1\n!ping\n");
		List<Object> received = received();
		assertThat(received).hasSize(5);
		assertThat(List.of(received.get(0), received.get(2), received.get(4))).containsOnly(PING);
		assertRefused(received.get(1), Consequence.ANSWER);
		assertRefused(received.get(3), Consequence.DROP);
	}

	@Test
	void whenPeerIsNoneThenNothingIsReadBehindIt() {
		write("!ping\nGET / HTTP/1.1\r\n!ping\n");
		write("!ping\n");
		List<Object> received = received();
		assertThat(received).hasSize(2).startsWith(PING);
		assertRefused(received.get(1), Consequence.CLOSE);
	}

	@Test
	void whenLineIsAsLongAsAllowedThenItIsTaken() {
		String longest = "!ping@1\ta=" + "1".repeat(MAX_LENGTH - 10);
		write(longest + "\n");
		assertThat(received()).hasOnlyElementsOfType(Command.class).hasSize(1);
	}

	@Test
	void whenLineIsTooLongThenItIsRefusedAndNothingIsReadBehindIt() {
		write("!ping\n!ping@1\ta=" + "1".repeat(MAX_LENGTH - 9) + "\n!ping\n");
		List<Object> received = received();
		assertThat(received).hasSize(2).startsWith(PING);
		assertRefused(received.get(1), Consequence.CLOSE);
		assertThat((ProtocolException) received.get(1)).hasMessageContaining("<= " + MAX_LENGTH);
	}

	@Test
	void whenLineNeverEndsThenItIsRefusedAsSoonAsLimitIsPassedAndNothingIsKept() {
		write("#".repeat(MAX_LENGTH));
		assertThat(received()).isEmpty();
		write("#");
		List<Object> received = received();
		assertThat(received).hasSize(1);
		assertRefused(received.get(0), Consequence.CLOSE);
		for (int i = 0; i < 3; i++) {
			write("#".repeat(MAX_LENGTH));
			write("\n!ping\n");
		}
		assertThat(received()).isEmpty();
		this.channel.pipeline().remove(this.decoder);
		assertThat(received()).as("bytes kept").isEmpty();
	}

	@Test
	void whenLimitIsChangedThenItHoldsForTheNextLine() {
		String line = "!ping@1\ta=" + "1".repeat(MAX_LENGTH) + "\n";
		this.decoder.setMaxLength(2 * MAX_LENGTH);
		write(line);
		assertThat(received()).hasOnlyElementsOfType(Command.class).hasSize(1);
		this.decoder.setMaxLength(MAX_LENGTH);
		write(line);
		assertThat(received()).hasOnlyElementsOfType(ProtocolException.class).hasSize(1);
	}

	@Test
	void whenLimitIsLoweredInsideLineThenLineIsRefused() {
		write("#".repeat(MAX_LENGTH));
		this.decoder.setMaxLength(MAX_LENGTH / 2);
		write("\n");
		assertThat(received()).hasOnlyElementsOfType(ProtocolException.class).hasSize(1);
	}

	@Test
	void whenInputIsDiscardedThenNothingIsPassedOn() {
		write("!pi");
		this.decoder.discard();
		assertThat(this.decoder.isInsideLine()).isFalse();
		write("ng\n!ping\n");
		assertThat(received()).isEmpty();
	}

	@Test
	void insideLineIsKnownFromItsFirstByteToItsLineFeed() {
		assertThat(this.decoder.isInsideLine()).isFalse();
		write("!");
		assertThat(this.decoder.isInsideLine()).isTrue();
		write("ping\n");
		assertThat(this.decoder.isInsideLine()).isFalse();
		write("!ping\n#");
		assertThat(this.decoder.isInsideLine()).isTrue();
	}

	@Test
	void everyLineIsCountedWhetherItHasAMessageOrNot() {
		write("!ping\n\n# comment\n!1\n!ping");
		assertThat(this.decoder.lines()).isEqualTo(4);
	}

	private void write(String text) {
		this.channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
	}

	private void write(byte[] bytes, int offset, int length) {
		this.channel.writeInbound(Unpooled.copiedBuffer(bytes, offset, length));
	}

	private List<Object> received() {
		List<Object> received = new ArrayList<>();
		for (Object message = this.channel.readInbound(); message != null; message = this.channel.readInbound()) {
			received.add(message);
		}
		return received;
	}

	private static void assertRefused(Object received, Consequence consequence) {
		assertThat(received).isInstanceOfSatisfying(ProtocolException.class,
				(ex) -> assertThat(ex.consequence()).isEqualTo(consequence));
	}

}
