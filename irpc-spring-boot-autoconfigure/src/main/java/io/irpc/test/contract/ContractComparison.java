package io.irpc.test.contract;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.irpc.service.UnknownArguments;
import org.jspecify.annotations.Nullable;

/**
 * Finds what clients that were made for one contract cannot do with another.
 */
final class ContractComparison {

	private final ContractContent before;

	private final ContractContent after;

	private final Set<String> breaks = new TreeSet<>();

	private final ContractTypes arguments;

	private final ContractTypes results;

	ContractComparison(ContractContent before, ContractContent after) {
		this.before = before;
		this.after = after;
		this.arguments = new ContractTypes(ContractTypes.Direction.ARGUMENTS, before.argumentTypes(),
				after.argumentTypes(), this.breaks::add);
		this.results = new ContractTypes(ContractTypes.Direction.RESULTS, before.resultTypes(), after.resultTypes(),
				this.breaks::add);
	}

	List<String> breaks() {
		if (rejects(this.after) && !rejects(this.before)) {
			this.breaks.add("unknown arguments are rejected now");
		}
		this.before.functions().forEach(this::function);
		this.before.events().forEach(this::event);
		return List.copyOf(this.breaks);
	}

	private static boolean rejects(ContractContent content) {
		return content.unknownArguments() == UnknownArguments.Policy.REJECT;
	}

	private void function(String name, ContractContent.Function old) {
		String place = "function " + name;
		for (String alias : old.aliases()) {
			if (find(alias) == null) {
				this.breaks.add(place + ": alias " + alias + " has been removed");
			}
		}
		ContractContent.Function current = find(name);
		if (current == null) {
			this.breaks.add(place + " has been removed");
			return;
		}
		for (int i = 0; i < old.arguments().size(); i++) {
			argument(place + ": argument " + old.arguments().get(i).name(), i, old.arguments().get(i), current);
		}
		for (ContractContent.Argument argument : current.arguments()) {
			if (argument.required() && old.arguments().stream().noneMatch((known) -> argument.isNamed(known.name()))) {
				this.breaks.add(place + ": argument " + argument.name() + " has been added and is required");
			}
		}
		this.results.compare(place + ": result", old.result(), current.result());
	}

	private ContractContent.@Nullable Function find(String name) {
		ContractContent.Function function = this.after.functions().get(name);
		return (function != null) ? function
				: this.after.functions()
					.values()
					.stream()
					.filter((candidate) -> candidate.aliases().contains(name))
					.findFirst()
					.orElse(null);
	}

	private void argument(String place, int index, ContractContent.Argument old, ContractContent.Function function) {
		List<ContractContent.Argument> candidates = function.arguments();
		int found = 0;
		while (found < candidates.size() && !candidates.get(found).isNamed(old.name())) {
			found++;
		}
		if (found == candidates.size()) {
			if (rejects(this.after)) {
				this.breaks.add(place + " has been removed, and unknown arguments are rejected");
			}
			return;
		}
		ContractContent.Argument current = candidates.get(found);
		if (found != index) {
			this.breaks.add(place + " was number " + (index + 1) + " and is number " + (found + 1)
					+ " now, which calls by position do not know");
		}
		if (current.required() && !old.required()) {
			this.breaks.add(place + " is required now");
		}
		if (old.nullable() && !current.nullable()) {
			this.breaks.add(place + " does not accept null any more");
		}
		for (String alias : old.aliases()) {
			if (!current.isNamed(alias)) {
				this.breaks.add(place + ": alias " + alias + " has been removed");
			}
		}
		this.arguments.compare(place, old.type(), current.type());
	}

	private void event(String name, ContractContent.Event old) {
		String place = "event " + name;
		ContractContent.Event current = this.after.events().get(name);
		if (current == null) {
			this.breaks.add(place + " has been removed");
			return;
		}
		this.results.compare(place, old.type(), current.type());
		if (old.raisedWith() != null && current.raisedWith() == null) {
			this.breaks.add(place + " cannot be raised by peers any more");
		}
		else if (old.raisedWith() != null && current.raisedWith() != null) {
			this.arguments.compare(place + " when raised", old.raisedWith(), current.raisedWith());
		}
	}

}
