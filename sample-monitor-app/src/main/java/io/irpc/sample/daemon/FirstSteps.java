package io.irpc.sample.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.irpc.sample.daemon.access.PasswordProperties;
import io.irpc.sample.daemon.ftp.FtpReceiver;
import io.irpc.sample.daemon.support.DataDirectory;
import io.irpc.sample.daemon.support.SampleProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * Tells a person who has started the daemon which commands to try.
 */
@Component
final class FirstSteps {

	private static final Logger logger = LoggerFactory.getLogger(FirstSteps.class);

	private final SampleProperties.Ftp ftp;

	private final String viewerPassword;

	private final Path example;

	private final FtpReceiver receiver;

	private final Environment environment;

	FirstSteps(SampleProperties properties, PasswordProperties passwords, DataDirectory directory, FtpReceiver receiver,
			Environment environment) {
		this.ftp = properties.ftp();
		boolean wellKnown = passwords.viewer().equals(PasswordProperties.DEFAULT_VIEWER);
		this.viewerPassword = wellKnown ? passwords.viewer() : "PASSWORD";
		this.example = directory.example();
		this.receiver = receiver;
		this.environment = environment;
	}

	@EventListener(ApplicationReadyEvent.class)
	void tell() throws IOException {
		if (Files.notExists(this.example)) {
			Files.write(this.example, new ClassPathResource("example.csv").getContentAsByteArray());
		}
		logger.info(
				"""
						Ready. In another terminal, try:
						curl -T '{}' -u '{}' ftp://127.0.0.1:{}/
						printf '!call@1\\tfn:login\\t="viewer"\\t="{}"\\n!call@2\\tfn:errors.list\\tlimit=5\\n' | nc -q 1 127.0.0.1 {}
						curl -u 'viewer:{}' http://127.0.0.1:{}/actuator/irpc/sessions""",
				this.example, user(), this.receiver.port(), this.viewerPassword,
				port("local.irpc.port", "irpc.server.port"), this.viewerPassword,
				port("local.server.port", "server.port"));
	}

	private String port(String actual, String configured) {
		return this.environment.getProperty(actual, this.environment.getProperty(configured, ""));
	}

	private String user() {
		// a password of the user's own does not belong into a log: curl asks for it
		boolean wellKnown = this.ftp.password().equals(SampleProperties.Ftp.DEFAULT_PASSWORD);
		return wellKnown ? this.ftp.username() + ":" + this.ftp.password() : this.ftp.username();
	}

}
