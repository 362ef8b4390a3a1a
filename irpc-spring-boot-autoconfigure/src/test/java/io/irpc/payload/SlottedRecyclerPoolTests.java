package io.irpc.payload;

import org.junit.jupiter.api.Test;
import tools.jackson.core.util.BufferRecycler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link SlottedRecyclerPool} and {@link SlotRecycler}.
 */
class SlottedRecyclerPoolTests {

	private final SlottedRecyclerPool pool = new SlottedRecyclerPool();

	@Test
	void whenOneIsGivenBackThenItsBuffersAreUsedAgain() {
		BufferRecycler first = this.pool.acquireAndLinkPooled();
		byte[] bytes = first.allocByteBuffer(BufferRecycler.BYTE_WRITE_CONCAT_BUFFER);
		char[] chars = first.allocCharBuffer(BufferRecycler.CHAR_TEXT_BUFFER);
		first.releaseByteBuffer(BufferRecycler.BYTE_WRITE_CONCAT_BUFFER, bytes);
		first.releaseCharBuffer(BufferRecycler.CHAR_TEXT_BUFFER, chars);
		first.releaseToPool();
		BufferRecycler second = this.pool.acquireAndLinkPooled();
		assertThat(second).isSameAs(first);
		assertThat(second.allocByteBuffer(BufferRecycler.BYTE_WRITE_CONCAT_BUFFER)).isSameAs(bytes);
		assertThat(second.allocCharBuffer(BufferRecycler.CHAR_TEXT_BUFFER)).isSameAs(chars);
	}

	@Test
	void whenOneIsInUseThenTheNextIsAnother() {
		BufferRecycler first = this.pool.acquireAndLinkPooled();
		BufferRecycler second = this.pool.acquireAndLinkPooled();
		assertThat(second).isNotSameAs(first);
		second.releaseToPool();
		first.releaseToPool();
		assertThat(this.pool.acquireAndLinkPooled()).isSameAs(second);
	}

	@Test
	void whenOneIsNeverGivenBackThenTheSlotIsNotWithoutOne() {
		this.pool.acquireAndLinkPooled();
		BufferRecycler second = this.pool.acquireAndLinkPooled();
		second.releaseToPool();
		assertThat(this.pool.acquireAndLinkPooled()).isSameAs(second);
	}

	@Test
	void whenABufferIsTakenThenNobodyElseGetsIt() {
		BufferRecycler recycler = this.pool.acquireAndLinkPooled();
		for (int i = 0; i < 4; i++) {
			byte[] bytes = recycler.allocByteBuffer(i);
			char[] chars = recycler.allocCharBuffer(i);
			recycler.releaseByteBuffer(i, bytes);
			recycler.releaseCharBuffer(i, chars);
			assertThat(recycler.allocByteBuffer(i)).isSameAs(bytes);
			assertThat(recycler.allocCharBuffer(i)).isSameAs(chars);
			byte[] otherBytes = recycler.allocByteBuffer(i);
			char[] otherChars = recycler.allocCharBuffer(i);
			assertThat(otherBytes).isNotSameAs(bytes);
			assertThat(otherChars).isNotSameAs(chars);
			// the second of the same length is dropped, the first is still in use
			recycler.releaseByteBuffer(i, otherBytes);
			recycler.releaseCharBuffer(i, otherChars);
			assertThat(recycler.allocByteBuffer(i)).isNotSameAs(bytes);
			assertThat(recycler.allocCharBuffer(i)).isNotSameAs(chars);
		}
	}

	@Test
	void whenABufferIsTooSmallThenALargerOneTakesItsPlace() {
		BufferRecycler recycler = this.pool.acquireAndLinkPooled();
		for (int i = 0; i < 4; i++) {
			byte[] bytes = recycler.allocByteBuffer(i);
			char[] chars = recycler.allocCharBuffer(i);
			recycler.releaseByteBuffer(i, bytes);
			recycler.releaseCharBuffer(i, chars);
			byte[] longBytes = recycler.allocByteBuffer(i, bytes.length + 1);
			char[] longChars = recycler.allocCharBuffer(i, chars.length + 1);
			assertThat(longBytes).hasSizeGreaterThan(bytes.length);
			assertThat(longChars).hasSizeGreaterThan(chars.length);
			recycler.releaseByteBuffer(i, longBytes);
			recycler.releaseCharBuffer(i, longChars);
			assertThat(recycler.allocByteBuffer(i)).isSameAs(longBytes);
			assertThat(recycler.allocCharBuffer(i)).isSameAs(longChars);
		}
	}

}
