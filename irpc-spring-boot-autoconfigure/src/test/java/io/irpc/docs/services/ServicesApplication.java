package io.irpc.docs.services;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Publishes the services of this package.
 */
@SpringBootApplication
public class ServicesApplication {

}
