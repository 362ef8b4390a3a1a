package io.irpc.docs.daemon;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Publishes functions and events.
 */
// tag::application[]
@SpringBootApplication
public class DaemonApplication {

	public static void main(String[] args) {
		SpringApplication.run(DaemonApplication.class, args);
	}

}
// end::application[]
