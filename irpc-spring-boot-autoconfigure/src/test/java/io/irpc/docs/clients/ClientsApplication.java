package io.irpc.docs.clients;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Has a client of the office and one of the warehouse.
 */
@SpringBootApplication
public class ClientsApplication {

}
