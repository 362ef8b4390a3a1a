package io.irpc.docs.evolution;

import java.nio.file.Path;

import io.irpc.server.IrpcServer;
import io.irpc.support.RawClient;
import io.irpc.support.WithoutSecurity;
import io.irpc.test.contract.IrpcContract;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks what the chapter about changing interfaces says.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE,
		properties = { "irpc.server.port=0", WithoutSecurity.PROPERTY })
class OrderContractTests {

	private static final Path FILE = Path.of("src/test/resources/io/irpc/docs/evolution/irpc-contract.json");

	@Autowired
	private IrpcServer server;

	// tag::contract[]
	@Test
	void clientsThatAreInUseAreNotBroken(@Autowired ApplicationContext context) {
		assertThat(IrpcContract.of(context)).isCompatibleWith(FILE);
	}

	// end::contract[]
	@Test
	void olderNamesWork() {
		try (RawClient client = new RawClient(this.server.port())) {
			for (String name : new String[] { "orders.list", "orders.all", "purchases.list", "purchases.all" }) {
				assertThat(client.ask("!call@1\tfn:" + name + "\tmax=5"))
					.isEqualTo(">1\t\t[{\"id\":\"1\",\"state\":\"OPEN\",\"priority\":5}]");
			}
			assertThat(client.ask("!help@1\tfn:purchases.all"))
				.isEqualTo(">1\t\t\"orders.list(limit)\\n\\npurchases.all is an older name of this function.\\n\\n"
						+ "Lists the newest orders.\"");
		}
	}

}
