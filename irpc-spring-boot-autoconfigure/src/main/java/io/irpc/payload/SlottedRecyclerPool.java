package io.irpc.payload;

import java.io.Serial;

import tools.jackson.core.util.BufferRecycler;
import tools.jackson.core.util.RecyclerPool;

/**
 * Keeps a few buffers for threads of any kind. Jackson's own pools either keep buffers
 * for each thread, of which virtual threads are too many, or let threads meet at one
 * queue, which took a tenth of the time of a small call.
 */
final class SlottedRecyclerPool implements RecyclerPool<BufferRecycler> {

	@Serial
	private static final long serialVersionUID = 1L;

	private final transient Slots<SlotRecycler> slots = new Slots<>(SlotRecycler::new);

	@Override
	public BufferRecycler acquirePooled() {
		return this.slots.take();
	}

	@Override
	public void releasePooled(BufferRecycler recycler) {
		((SlotRecycler) recycler).giveBack();
	}

}
