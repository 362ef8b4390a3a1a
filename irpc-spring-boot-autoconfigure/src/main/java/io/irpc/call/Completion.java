package io.irpc.call;

import io.irpc.session.WorkerPool;

/**
 * Which thread completes asynchronous calls, and so runs what the application does with
 * their values.
 *
 * @since 0.1.0
 */
public enum Completion {

	/**
	 * A thread that may wait.
	 */
	WORKER {

		@Override
		void complete(Runnable call, WorkerPool workers) {
			workers.complete(call);
		}

	},

	/**
	 * The thread that has read the answer. It spares the call the way to another thread,
	 * but keeps other answers waiting, those to other clients among them: what the
	 * application does must not wait, and is refused to wait for calls. Calls that are
	 * not answered are completed by a thread that may wait.
	 */
	EVENT_LOOP {

		@Override
		void complete(Runnable call, WorkerPool workers) {
			if (WorkerPool.mayWait()) {
				WORKER.complete(call, workers);
			}
			else {
				WorkerPool.completeHere(call);
			}
		}

	};

	/**
	 * Complete a call.
	 * @param call completes its future
	 * @param workers the threads that may wait
	 */
	abstract void complete(Runnable call, WorkerPool workers);

}
