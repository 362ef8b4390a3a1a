package io.irpc.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.OnPropertyListCondition;

/**
 * Matches if there is an address for the client without a name.
 */
final class OnClientAddressCondition extends OnPropertyListCondition {

	OnClientAddressCondition() {
		super(ConfiguredClients.SINGLE + ".address", () -> ConditionMessage.forCondition("IRPC client address"));
	}

}
