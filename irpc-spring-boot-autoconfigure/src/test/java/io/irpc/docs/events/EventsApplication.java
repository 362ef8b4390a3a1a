package io.irpc.docs.events;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Publishes the events of this package.
 */
@SpringBootApplication
public class EventsApplication {

}
