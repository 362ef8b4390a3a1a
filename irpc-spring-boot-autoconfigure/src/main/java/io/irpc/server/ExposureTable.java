package io.irpc.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;

import io.irpc.service.Access;
import io.irpc.service.AccessPolicy;
import io.irpc.service.AccessRule;
import io.irpc.service.IrpcConfigurationException;
import io.irpc.service.PublishedEvents;
import io.irpc.service.ServiceMethodRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Knows who reaches which function and event. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class ExposureTable {

	private static final Log logger = LogFactory.getLog(ExposureTable.class);

	private final ServiceMethodRegistry functions;

	private final PublishedEvents events;

	private final AccessPolicy policy;

	private volatile List<String> listeners = List.of();

	/**
	 * Create a table.
	 * @param functions the functions of the server
	 * @param events the events of the server
	 * @param policy decides who may use what
	 */
	public ExposureTable(ServiceMethodRegistry functions, PublishedEvents events, AccessPolicy policy) {
		this.functions = functions;
		this.events = events;
		this.policy = policy;
	}

	/**
	 * Return who reaches what now, functions first.
	 * @return a row for each function and event
	 * @throws IrpcConfigurationException if there is no rule about one of them
	 */
	public List<Exposure> rows() {
		List<Exposure> rows = new ArrayList<>();
		add(rows, Access.Kind.FUNCTION, this.functions.names());
		add(rows, Access.Kind.EVENT, this.events.names());
		return rows;
	}

	/**
	 * Check that there is a rule about everything.
	 * @throws IrpcConfigurationException if there is none about a function or event
	 */
	void check() {
		rows();
	}

	/**
	 * Know the listeners, and log the table.
	 * @param addresses the addresses in words for people
	 */
	void listening(List<String> addresses) {
		this.listeners = List.copyOf(addresses);
		logger.info("Exposed over " + String.join(" and ", addresses) + ":" + text(rows()));
	}

	boolean isLoginRequired() {
		return this.policy.isLoginRequired();
	}

	private void add(List<Exposure> rows, Access.Kind kind, SortedSet<String> names) {
		for (String name : names) {
			Access access = new Access(kind, name);
			AccessRule rule = this.policy.describe(access);
			if (rule == null) {
				String plural = kind.name().toLowerCase(Locale.ROOT) + "s";
				throw new IrpcConfigurationException(
						"No rule of this application says who may use the " + kind.name().toLowerCase(Locale.ROOT) + " "
								+ name,
						"Add a rule to the IrpcRules bean, such as rules." + plural + "(\"" + name
								+ "\").authenticated(), or rules.anything().denyAll() as the last one.");
			}
			rows.add(new Exposure(access, rule, this.listeners));
		}
	}

	private static String text(List<Exposure> rows) {
		int width = rows.stream().mapToInt((row) -> row.access().name().length()).max().orElse(0);
		StringBuilder text = new StringBuilder();
		for (Exposure row : rows) {
			text.append(String.format("%n  %-8s %-" + width + "s  %s (%s)",
					row.access().kind().name().toLowerCase(Locale.ROOT), row.access().name(), row.rule().who(),
					row.rule().source()));
		}
		return text.toString();
	}

}
