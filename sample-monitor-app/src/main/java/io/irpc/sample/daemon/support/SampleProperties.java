package io.irpc.sample.daemon.support;

import java.nio.file.Path;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Configuration of the daemon.
 *
 * @param dataDirectory directory of everything that the daemon reads and writes
 * @param ftp configuration of the FTP server
 */
@ConfigurationProperties("sample")
@Validated
public record SampleProperties(@DefaultValue("./sample-data") Path dataDirectory, @Valid @DefaultValue Ftp ftp) {

	/**
	 * Configuration of the FTP server.
	 *
	 * @param port port on the loopback interface, 0 for any free one
	 * @param username name of the only user
	 * @param password password of that user
	 */
	public record Ftp(@DefaultValue("2121") @Min(0) @Max(65535) int port,
			@DefaultValue("sensor") @NotBlank String username,
			@DefaultValue(DEFAULT_PASSWORD) @NotEmpty String password) {

		/**
		 * Password of a user who has set none.
		 */
		public static final String DEFAULT_PASSWORD = "sensor";

	}

}
