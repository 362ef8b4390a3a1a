package io.irpc.docs.desk;

import io.irpc.autoconfigure.ImportIrpcClients;
import io.irpc.docs.daemon.ErrorService;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Uses the service of the daemon.
 */
// tag::import[]
@SpringBootApplication
@ImportIrpcClients(basePackageClasses = ErrorService.class)
public class DeskApplication {

}
// end::import[]
