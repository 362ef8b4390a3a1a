package io.irpc.docs.evolution;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Publishes a service that has changed.
 */
@SpringBootApplication
public class OrdersApplication {

}
