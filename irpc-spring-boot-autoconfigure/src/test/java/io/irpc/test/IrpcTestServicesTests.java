package io.irpc.test;

import io.irpc.autoconfigure.security.IrpcSecurityAutoConfiguration;
import io.irpc.protocol.ErrorCode;
import io.irpc.test.greeting.Greeter;
import io.irpc.test.greeting.GreetingApplication;
import io.irpc.test.greeting.Unrelated;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;
import org.springframework.test.context.ContextConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what {@link IrpcTest} starts when it is told to.
 */
@ContextConfiguration(classes = GreetingApplication.class)
@IrpcTest(services = Greeter.class, excludeAutoConfiguration = IrpcSecurityAutoConfiguration.class,
		includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Unrelated.class))
class IrpcTestServicesTests {

	@Test
	void onlyTheServicesNamedAreStarted(@Autowired IrpcTestClient client, @Autowired Unrelated unrelated) {
		assertThat(client.call("greeter.greet").argument("Ann").exchange()).succeeded();
		assertThat(client.call("porter.open").exchange()).failedWith(ErrorCode.UNKNOWN_FUNCTION);
		assertThat(unrelated).isNotNull();
	}

}
