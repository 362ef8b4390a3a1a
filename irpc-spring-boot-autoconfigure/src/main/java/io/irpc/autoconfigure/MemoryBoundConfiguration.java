package io.irpc.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import io.irpc.server.IrpcServerSettings;
import io.irpc.server.IrpcServerStartedEvent;
import io.irpc.server.MemoryBound;
import io.irpc.session.SessionLimits;
import io.netty.util.NettyRuntime;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/**
 * Configuration of the memory bound that is told at the start.
 */
@Configuration(proxyBeanMethods = false)
class MemoryBoundConfiguration {

	private static final Log logger = LogFactory.getLog(MemoryBound.class);

	/**
	 * A session without a message: objects of the channel and of the session, and the
	 * sockets of the JVM.
	 */
	private static final long SESSION = DataSize.ofKilobytes(16).toBytes();

	/**
	 * An event of the journal without its arguments.
	 */
	private static final long JOURNAL_ENTRY = 200;

	/**
	 * What Netty's allocator keeps for a thread beyond what is used.
	 */
	private static final long ALLOCATOR = DataSize.ofMegabytes(8).toBytes();

	/**
	 * Copies of a message while it is read, run and written.
	 */
	private static final int COPIES = 4;

	@Bean
	MemoryBound irpcMemoryBound(IrpcServerProperties properties, IrpcServerSettings settings, SessionLimits limits,
			ObjectProvider<IrpcJournalProperties> journal) {
		int eventLoops = 2 * NettyRuntime.availableProcessors();
		Map<String, Long> parts = new LinkedHashMap<>();
		parts.put("sessions", limits.maxMemory());
		parts.put("commands of closed sessions", limits.maxMemory());
		parts.put("connections", limits.maxSessions() * SESSION);
		journal.stream()
			.filter((kept) -> kept.getType() == IrpcJournalProperties.Type.MEMORY)
			.forEach((kept) -> parts.put("journal", kept.getMaxSize().toBytes() + kept.getMaxEvents() * JOURNAL_ENTRY));
		parts.put("messages at work", (long) (eventLoops * COPIES + properties.getThreads().getMax())
				* settings.session().maxMessageLength());
		parts.put("buffers", eventLoops * ALLOCATOR);
		return new MemoryBound(parts);
	}

	@Bean
	ApplicationListener<IrpcServerStartedEvent> irpcMemoryBoundLogger(MemoryBound bound) {
		return (event) -> logger.info("IRPC memory bound: " + bound);
	}

}
