package io.irpc.payload;

import java.io.Serial;
import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;
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

	private static final int SLOTS = 64;

	private final transient AtomicReferenceArray<@Nullable SlotRecycler> slots = new AtomicReferenceArray<>(SLOTS);

	@Override
	public BufferRecycler acquirePooled() {
		int slot = (int) Thread.currentThread().getId() & (SLOTS - 1);
		SlotRecycler kept = this.slots.get(slot);
		if (kept != null && kept.take()) {
			return kept;
		}
		// one that is never given back must not leave the slot without any
		SlotRecycler fresh = new SlotRecycler();
		this.slots.set(slot, fresh);
		return fresh;
	}

	@Override
	public void releasePooled(BufferRecycler recycler) {
		((SlotRecycler) recycler).giveBack();
	}

}
