package io.irpc.docs.testing;

import io.irpc.docs.daemon.DaemonApplication;
import io.irpc.server.IrpcServer;
import io.irpc.support.WithoutSecurity;
import io.irpc.test.IrpcTestClient;
import io.netty.channel.local.LocalAddress;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks what the chapter about tests says of servers without a port.
 */
@SpringBootTest(classes = { DaemonApplication.class, LocalServer.class },
		properties = { "irpc.server.port=0", WithoutSecurity.PROPERTY })
class LocalServerTests {

	@Test
	void serverIsReachedInsideTheProcess(@Autowired IrpcTestClient client, @Autowired IrpcServer server,
			@Autowired Environment environment) {
		assertThat(server.address()).isEqualTo(new LocalAddress("warehouse"));
		assertThat(environment.getProperty("local.irpc.port")).isNull();
		assertThat(client.call("errors.list").exchange()).succeeded();
	}

}
