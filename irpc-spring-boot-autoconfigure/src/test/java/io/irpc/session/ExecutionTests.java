package io.irpc.session;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.irpc.annotation.IrpcFunction;
import io.irpc.annotation.IrpcService;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Where commands run, and in which order they are answered (protocol §2).
 */
class ExecutionTests {

	private final ApplicationContextRunner runner = ServerRunner.of(Functions.class);

	@Test
	void whenFunctionIsQuickThenTheThreadThatHasReadItRunsItOutsideOfTheEventLoop() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:thread")).startsWith(">1\t\t\"irpc-server-io-");
				assertThat(client.ask("!call@2\tfn:inEventLoop")).isEqualTo(">2\t\tfalse");
			}
		});
	}

	@Test
	void whenQuickFunctionsSuddenlyWaitThenAllSessionsAreServed() {
		this.runner.run((context) -> {
			Functions functions = context.getBean(Functions.class);
			try (RawClient client = ServerRunner.connect(context); RawClient other = ServerRunner.connect(context)) {
				for (int i = 0; i < 20; i++) {
					client.send("!call@b" + i + "\tfn:block");
					assertThat(client.ask("!call@" + i + "\tfn:thread")).startsWith(">" + i + "\t\t\"irpc-server-");
					assertThat(other.ask("!call@" + i + "\tfn:thread")).startsWith(">" + i + "\t\t\"irpc-server-");
				}
				functions.awaitEntered(20);
				functions.release.countDown();
				for (int i = 0; i < 20; i++) {
					assertThat(client.read()).endsWith("\t\t\"released\"");
				}
			}
		});
	}

	@Test
	void whenQuickFunctionsSuddenlyWaitThenTheAnswersOfThoseBeforeThemHaveLeft() {
		this.runner.run((context) -> {
			Functions functions = context.getBean(Functions.class);
			try (RawClient client = ServerRunner.connect(context)) {
				client.send("!call@1\tfn:number\t=1\n!call@2\tfn:block\n!call@3\tfn:number\t=3");
				assertThat(List.of(client.read(), client.read())).containsExactlyInAnyOrder(">1\t\t1", ">3\t\t3");
				functions.release.countDown();
				assertThat(client.read()).isEqualTo(">2\t\t\"released\"");
			}
		});
	}

	@Test
	void whenThreadsOfEventLoopsRunFunctionsThenTheyAreAmongThoseThatAreAllowed() {
		this.runner.withPropertyValues("irpc.server.threads.virtual=false", "irpc.server.threads.max=4")
			.run((context) -> {
				Functions functions = context.getBean(Functions.class);
				try (RawClient client = ServerRunner.connect(context);
						RawClient other = ServerRunner.connect(context)) {
					for (int i = 0; i < 6; i++) {
						client.send("!call@" + i + "\tfn:block");
						assertThat(client.ask("!ping@p")).isEqualTo(">p\t\tnull");
						assertThat(other.ask("!ping@p")).isEqualTo(">p\t\tnull");
					}
					functions.awaitEntered(4);
					assertThat(functions.entered.tryAcquire(100, TimeUnit.MILLISECONDS)).isFalse();
					functions.release.countDown();
					functions.awaitEntered(2);
				}
			});
	}

	@Test
	void whenFunctionsLeaveTheirThreadInterruptedThenTheEventLoopIsNot() {
		this.runner.withPropertyValues("irpc.server.limits.max-running-commands=16").run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				String lines = IntStream.range(0, 16)
					.mapToObj((i) -> "!call@" + i + "\tfn:interruptItself\n")
					.collect(Collectors.joining()) + "!call@last\tfn:loopInterrupted";
				for (int round = 0; round < 50; round++) {
					client.send(lines);
					for (int i = 0; i < 17; i++) {
						assertThat(client.read()).doesNotEndWith("true");
					}
				}
			}
		});
	}

	@Test
	void whenTheServerRunsThenOneThreadKeepsTheProcessAlive() {
		long others = keepers();
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:daemon")).isEqualTo(">1\t\ttrue");
				assertThat(keepers()).isEqualTo(others + 1);
			}
		});
		await().until(() -> keepers() == others);
	}

	private static long keepers() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("irpc-server-await") && !thread.isDaemon())
			.count();
	}

	@Test
	void whenFunctionsTakeLongThenTheyHaveThreadsOfTheirOwn() {
		this.runner.withPropertyValues("irpc.server.threads.virtual=false").run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				await().untilAsserted(
						() -> assertThat(client.ask("!call@1\tfn:slowThread")).matches(">1\t\t\"irpc-server-\\d+\""));
			}
		});
	}

	@Test
	void whenFunctionIsNonBlockingThenItRunsOnTheEventLoop() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:loopThread")).startsWith(">1\t\t\"irpc-server-io-");
			}
		});
	}

	@Test
	void whenNonBlockingFunctionsTakeTheirTimeThenAnswersDoNotWaitForThoseBehindThem() {
		this.runner.run((context) -> {
			Functions functions = context.getBean(Functions.class);
			try (RawClient client = ServerRunner.connect(context)) {
				client.send("!call@1\tfn:loopWork\n!call@2\tfn:loopBlock");
				assertThat(client.read()).isEqualTo(">1\t\tnull");
				functions.release.countDown();
				assertThat(client.read()).isEqualTo(">2\t\t\"released\"");
			}
		});
	}

	@Test
	void whenNonBlockingFunctionWasParkedThenItStillRunsOnTheEventLoop() {
		this.runner.withPropertyValues("irpc.server.limits.max-running-commands=1").run((context) -> {
			Functions functions = context.getBean(Functions.class);
			try (RawClient client = ServerRunner.connect(context)) {
				client.send("!call@1\tfn:block").send("!call@2\tfn:loopThread");
				assertThat(client.ask("!ping@3")).isEqualTo(">3\t\tnull");
				functions.release.countDown();
				assertThat(client.read()).isEqualTo(">1\t\t\"released\"");
				assertThat(client.read()).startsWith(">2\t\t\"irpc-server-io-");
			}
		});
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void whenRuntimeHasVirtualThreadsThenFunctionsThatTakeLongRunOnThem() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				await().untilAsserted(() -> assertThat(client.ask("!call@1\tfn:virtual")).isEqualTo(">1\t\ttrue"));
			}
		});
	}

	@Test
	void whenThreadsAreNotVirtualThenTheirNumberIsBounded() {
		this.runner.withPropertyValues("irpc.server.threads.virtual=false", "irpc.server.threads.max=2")
			.run((context) -> {
				Functions functions = context.getBean(Functions.class);
				try (RawClient client = ServerRunner.connect(context)) {
					client.send("!call@1\tfn:block").send("!call@2\tfn:block").send("!call@3\tfn:thread");
					functions.awaitEntered(2);
					assertThat(client.ask("!ping@4")).isEqualTo(">4\t\tnull");
					functions.release.countDown();
					assertThat(List.of(client.read(), client.read(), client.read()))
						.filteredOn((answer) -> answer.startsWith(">3"))
						.singleElement()
						.asString()
						.matches(">3\t\t\"irpc-server-[12]\"");
				}
			});
	}

	@Test
	void whenCommandsHaveIdsThenTheyRunAtOnceAndAreAnsweredInAnyOrder() {
		this.runner.run((context) -> {
			Functions functions = context.getBean(Functions.class);
			try (RawClient client = ServerRunner.connect(context)) {
				client.send("!call@slow\tfn:block");
				assertThat(client.ask("!call@fast\tfn:thread")).startsWith(">fast\t\t");
				functions.release.countDown();
				assertThat(client.read()).isEqualTo(">slow\t\t\"released\"");
				// each waits for the other
				client.send("!call@a\tfn:meet").send("!call@b\tfn:meet");
				assertThat(List.of(client.read(), client.read())).containsExactlyInAnyOrder(">a\t\tnull", ">b\t\tnull");
			}
		});
	}

	@Test
	void whenCommandsHaveNoIdThenTheyRunAndAreAnsweredInOrder() {
		this.runner.run((context) -> {
			Functions functions = context.getBean(Functions.class);
			try (RawClient client = ServerRunner.connect(context)) {
				client.send("!call\tfn:block").send("!call\tfn:number\t=1").send("!ping").send("!nope");
				functions.awaitEntered(1);
				assertThat(client.ask("!ping@1")).isEqualTo(">1\t\tnull");
				assertThat(functions.numbers.getCount()).isEqualTo(1);
				functions.release.countDown();
				assertThat(client.read()).isEqualTo(">\t\t\"released\"");
				assertThat(client.read()).isEqualTo(">\t\t1");
				assertThat(client.read()).isEqualTo(">\t\tnull");
				assertThat(client.read()).isEqualTo(">\tException\t\"Error. nope not registered.\"");
			}
		});
	}

	@Test
	void whenIdIsInFlightThenTheSecondIsRefusedAndTheFirstGoesOn() {
		this.runner.run((context) -> {
			Functions functions = context.getBean(Functions.class);
			try (RawClient client = ServerRunner.connect(context)) {
				client.send("!call@same\tfn:block");
				functions.awaitEntered(1);
				assertThat(client.ask("!call@same\tfn:number\t=1"))
					.isEqualTo(">same\tException\t\"A command with the id same is still running\"");
				functions.release.countDown();
				assertThat(client.read()).isEqualTo(">same\t\t\"released\"");
				assertThat(functions.numbers.getCount()).isEqualTo(1);
				assertThat(client.ask("!call@same\tfn:number\t=2")).isEqualTo(">same\t\t2");
			}
		});
	}

	@Test
	void whenIdIsLeftToTheServerThenItPicksAFreeOne() {
		this.runner.run((context) -> {
			Functions functions = context.getBean(Functions.class);
			try (RawClient client = ServerRunner.connect(context)) {
				client.send("!call@x2\tfn:block");
				functions.awaitEntered(1);
				assertThat(client.ask("!call@\tfn:number\t=1")).isEqualTo(">x1\t\t1");
				assertThat(client.ask("!call@\tfn:number\t=2")).isEqualTo(">x3\t\t2");
				for (int i = 4; i < 10; i++) {
					assertThat(client.ask("!call@\tfn:number\t=0")).isEqualTo(">x" + i + "\t\t0");
				}
				assertThat(client.ask("!call@\tfn:number\t=0")).isEqualTo(">xA\t\t0");
				functions.release.countDown();
				assertThat(client.read()).isEqualTo(">x2\t\t\"released\"");
			}
		});
	}

	@Test
	void whenSessionsBlockThenOthersAreServed() {
		this.runner.run((context) -> {
			Functions functions = context.getBean(Functions.class);
			try (RawClient first = ServerRunner.connect(context); RawClient second = ServerRunner.connect(context)) {
				first.send("!call@1\tfn:block");
				functions.awaitEntered(1);
				assertThat(second.ask("!call@1\tfn:number\t=5")).isEqualTo(">1\t\t5");
				functions.release.countDown();
				assertThat(first.read()).isEqualTo(">1\t\t\"released\"");
			}
		});
	}

	@IrpcService
	static class Functions {

		final CountDownLatch release = new CountDownLatch(1);

		final CountDownLatch numbers = new CountDownLatch(1);

		private final Semaphore entered = new Semaphore(0);

		private final CyclicBarrier barrier = new CyclicBarrier(2);

		void awaitEntered(int count) throws InterruptedException {
			assertThat(this.entered.tryAcquire(count, 10, TimeUnit.SECONDS)).isTrue();
		}

		public String block() throws InterruptedException {
			this.entered.release();
			this.release.await();
			return "released";
		}

		public int number(int number) {
			this.numbers.countDown();
			return number;
		}

		public void meet() throws Exception {
			this.barrier.await(10, TimeUnit.SECONDS);
		}

		public String thread() {
			return Thread.currentThread().getName();
		}

		public String slowThread() {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
			return thread();
		}

		public void interruptItself() {
			Thread.currentThread().interrupt();
		}

		@IrpcFunction(nonBlocking = true)
		public boolean loopInterrupted() {
			return Thread.currentThread().isInterrupted();
		}

		public boolean daemon() {
			return Thread.currentThread().isDaemon();
		}

		public boolean inEventLoop(IrpcSession session) {
			return session.inEventLoop();
		}

		@IrpcFunction(nonBlocking = true)
		public String loopThread() {
			return Thread.currentThread().getName();
		}

		@IrpcFunction(nonBlocking = true)
		public void loopWork() {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
		}

		@IrpcFunction(nonBlocking = true)
		public String loopBlock() throws InterruptedException {
			return block();
		}

		public boolean virtual() throws ReflectiveOperationException {
			slowThread();
			return (boolean) Thread.class.getMethod("isVirtual").invoke(Thread.currentThread());
		}

	}

}
