package io.irpc.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.irpc.journal.JournalEntry;
import io.irpc.payload.Payload;
import io.irpc.payload.PayloadConverter;
import io.irpc.payload.PayloadException;
import io.irpc.payload.PayloadFilter;
import io.irpc.protocol.EncodedArguments;
import io.irpc.protocol.LogSafe;
import io.irpc.protocol.MessageEncoder;
import io.irpc.session.SessionUser;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a subscription gets of the journal: which entries, and what of them. Equal ones
 * are shared by subscriptions, so that an entry is filtered and encoded once for all of
 * them.
 *
 * @param type the event
 * @param hidden the authorities that the subscriber lacks to see everything
 * @param where the filter, {@code null} for none
 * @param shape how to form firings, {@code null} for signals
 */
record Selection(EventType type, Set<String> hidden, @Nullable PayloadFilter where, @Nullable FiringShape shape) {

	private static final Log logger = LogFactory.getLog(Selection.class);

	private static final EncodedArguments NO_ARGUMENTS = MessageEncoder.encode(List.of());

	/**
	 * Create a selection.
	 * @param type the event
	 * @param user the subscriber, {@code null} for an anonymous one
	 * @param where the filter, {@code null} for none
	 * @param shape how to form firings, {@code null} for signals
	 * @return the selection
	 */
	static Selection of(EventType type, @Nullable SessionUser user, @Nullable PayloadFilter where,
			@Nullable FiringShape shape) {
		return new Selection(type, type.visibility().missing(SessionUser.authoritiesOf(user)), where, shape);
	}

	/**
	 * Return the same selection for a user with other authorities.
	 * @param authorities the authorities granted
	 * @return the selection
	 */
	Selection forAuthorities(Set<String> authorities) {
		Set<String> missing = this.type.visibility().missing(authorities);
		return missing.equals(this.hidden) ? this : new Selection(this.type, missing, this.where, this.shape);
	}

	/**
	 * Select of some entries. Parses JSON, so not to be called on an event loop.
	 * @param entries the entries
	 * @param converter converts what the filter looks at
	 * @return what the subscriber gets, in the same order
	 */
	List<Selected> select(List<JournalEntry> entries, PayloadConverter converter) {
		List<Selected> result = new ArrayList<>();
		for (JournalEntry entry : entries) {
			if (!entry.event().equals(this.type.name())) {
				continue;
			}
			Payload shown = this.type.visibility().hide(entry.arguments(), this.hidden);
			if (matches(shown, converter)) {
				result.add(new Selected(entry, shown, (this.shape != null) ? this.shape.encode(shown) : NO_ARGUMENTS));
			}
		}
		return result;
	}

	// what is hidden is taken out before, or the filter would tell of it
	private boolean matches(Payload shown, PayloadConverter converter) {
		if (this.where == null) {
			return true;
		}
		try {
			JsonNode value = converter.read(shown, JsonNode.class);
			return value != null && this.where.matches(value);
		}
		catch (PayloadException ex) {
			// an application may raise what it would not accept: rather too much than
			// lost
			logger.debug("A filter cannot look into an event " + this.type.name(), LogSafe.failure(ex));
			return true;
		}
	}

	/**
	 * An entry that was selected.
	 *
	 * @param entry the entry
	 * @param shown its arguments as the subscriber sees them
	 * @param encoded the arguments of the firing, empty for a signal
	 */
	record Selected(JournalEntry entry, Payload shown, EncodedArguments encoded) {

	}

}
