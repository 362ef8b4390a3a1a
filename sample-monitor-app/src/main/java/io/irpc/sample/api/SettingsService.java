package io.irpc.sample.api;

import java.time.Duration;

import io.irpc.annotation.IrpcFunction;
import io.irpc.annotation.IrpcService;
import org.jspecify.annotations.Nullable;

/**
 * Shows and changes the settings of the running daemon.
 */
@IrpcService("settings")
public interface SettingsService {

	/**
	 * Return the settings in force.
	 * @return the settings
	 */
	@IrpcFunction(description = "The settings in force")
	Settings get();

	/**
	 * Change the settings that are given and keep the others. The change takes effect at
	 * once and outlasts a restart.
	 * @param minimum see {@link Settings#minimum()}
	 * @param maximum see {@link Settings#maximum()}
	 * @param pollInterval see {@link Settings#pollInterval()}
	 * @param maximumBadLines see {@link Settings#maximumBadLines()}
	 * @return the settings now in force
	 * @throws io.irpc.protocol.IrpcException with
	 * {@link io.irpc.protocol.ErrorCode#INVALID_ARGUMENT} if a rule of {@link Settings}
	 * is broken, and nothing is changed
	 */
	@IrpcFunction(description = "Changes the settings that are given; takes effect at once and outlasts a restart")
	Settings update(@Nullable Double minimum, @Nullable Double maximum, @Nullable Duration pollInterval,
			@Nullable Integer maximumBadLines);

}
