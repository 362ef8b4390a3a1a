package io.irpc.test.greeting;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Greets, and has parts that a slice must leave out.
 */
@SpringBootApplication
public class GreetingApplication {

}
