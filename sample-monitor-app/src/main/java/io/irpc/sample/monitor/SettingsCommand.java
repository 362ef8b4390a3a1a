package io.irpc.sample.monitor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.irpc.call.IrpcCall;
import io.irpc.client.IrpcClient;
import io.irpc.protocol.IrpcException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.core.ParameterizedTypeReference;

/**
 * Changes settings of the daemon: {@code --set key=value}, more than once if need be.
 * Ends with exit code 1 if nothing was changed.
 */
final class SettingsCommand implements ExitCodeGenerator {

	private static final String OPTION = "set";

	private static final ParameterizedTypeReference<Map<String, Object>> SETTINGS = new ParameterizedTypeReference<>() {
	};

	private final IrpcClient client;

	private final Terminal terminal;

	private final JsonMapper mapper;

	private int exitCode;

	SettingsCommand(IrpcClient client, Terminal terminal, JsonMapper mapper) {
		this.client = client;
		this.terminal = terminal;
		this.mapper = mapper;
	}

	static boolean isRequested(ApplicationArguments arguments) {
		return arguments.containsOption(OPTION);
	}

	void run(ApplicationArguments arguments) {
		try {
			Map<String, Object> before = settings(this.client.call("settings.get"));
			IrpcCall update = this.client.call("settings.update");
			changes(arguments, before).forEach(update::argument);
			settings(update).forEach((key, value) -> this.terminal
				.say(key + "=" + value + (value.equals(before.get(key)) ? "" : "  (was " + before.get(key) + ")")));
		}
		catch (IrpcException | IllegalArgumentException ex) {
			this.terminal.say("Nothing was changed. " + ex.getMessage());
			this.exitCode = 1;
		}
	}

	@Override
	public int getExitCode() {
		return this.exitCode;
	}

	private Map<String, Object> changes(ApplicationArguments arguments, Map<String, Object> settings) {
		// "--set=key=value" is an option with a value, "--set key=value" one beside it
		List<String> assignments = new ArrayList<>(Objects.requireNonNull(arguments.getOptionValues(OPTION)));
		assignments.addAll(arguments.getNonOptionArgs());
		Map<String, Object> changes = new LinkedHashMap<>();
		for (String assignment : assignments) {
			int equalsSign = assignment.indexOf('=');
			String key = (equalsSign >= 0) ? assignment.substring(0, equalsSign) : assignment;
			// the daemon ignores arguments that it does not know, as newer clients may
			// send more
			if (equalsSign < 0 || !settings.containsKey(key)) {
				throw new IllegalArgumentException(
						"'" + assignment + "' (expected: --set KEY=VALUE with one of " + settings.keySet() + ")");
			}
			changes.put(key, value(assignment.substring(equalsSign + 1)));
		}
		if (changes.isEmpty()) {
			throw new IllegalArgumentException("Expected: --set KEY=VALUE with one of " + settings.keySet());
		}
		return changes;
	}

	private Object value(String text) {
		try {
			return Objects.requireNonNullElse(this.mapper.readValue(text, Object.class), text);
		}
		catch (JacksonException ex) {
			return text;
		}
	}

	private static Map<String, Object> settings(IrpcCall call) {
		@Nullable Map<String, Object> settings = call.retrieve(SETTINGS);
		return (settings != null) ? settings : Map.of();
	}

}
