package io.irpc.autoconfigure.ahead;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

import io.irpc.annotation.IrpcEventListener;
import io.irpc.autoconfigure.ImportIrpcClients;
import io.irpc.autoconfigure.IrpcAutoConfiguration;
import io.irpc.autoconfigure.IrpcClientAutoConfiguration;
import io.irpc.autoconfigure.IrpcClientServicesAutoConfiguration;
import io.irpc.autoconfigure.IrpcEventAutoConfiguration;
import io.irpc.autoconfigure.IrpcEventListenerAutoConfiguration;
import io.irpc.autoconfigure.IrpcServerAutoConfiguration;
import io.irpc.autoconfigure.security.IrpcSecurityAutoConfiguration;
import io.irpc.client.EventDelivery;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Publishes a service and an event, and is its own client.
 */
@Configuration(proxyBeanMethods = false)
@AutoConfigurationPackage
@ImportAutoConfiguration({ JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
		SecurityAutoConfiguration.class, UserDetailsServiceAutoConfiguration.class, IrpcAutoConfiguration.class,
		IrpcEventAutoConfiguration.class, IrpcServerAutoConfiguration.class, IrpcClientAutoConfiguration.class,
		IrpcClientServicesAutoConfiguration.class, IrpcEventListenerAutoConfiguration.class,
		IrpcSecurityAutoConfiguration.class })
@ImportIrpcClients(types = Prices.class, client = "manager")
public class Shop {

	@Bean
	OwnPrices ownPrices(ApplicationEventPublisher events) {
		return new OwnPrices(events);
	}

	@Bean
	Customer customer(@Qualifier("manager") Prices prices) {
		return new Customer(prices);
	}

	/**
	 * The service.
	 *
	 * @param events takes the changes
	 */
	record OwnPrices(ApplicationEventPublisher events) implements Prices {

		@Override
		public CompletableFuture<Price> of(String article) {
			return CompletableFuture.completedFuture(price(article.length()));
		}

		@Override
		public void change(Order order) {
			this.events.publishEvent(new PriceChanged(order.article(), price(order.cents())));
		}

		@Override
		public void remove(String article) {
			throw new IllegalStateException("Only an owner comes here");
		}

		private static Price price(int cents) {
			return new Price(cents, List.of(new Price.Voucher(new Price.Code("spring"))));
		}

	}

	/**
	 * Calls the service, and listens to the event.
	 */
	static final class Customer {

		private final Prices prices;

		private final BlockingQueue<EventDelivery<PriceChanged>> changes = new LinkedBlockingQueue<>();

		Customer(Prices prices) {
			this.prices = prices;
		}

		Prices prices() {
			return this.prices;
		}

		BlockingQueue<EventDelivery<PriceChanged>> changes() {
			return this.changes;
		}

		@IrpcEventListener(event = "priceChanged", client = "manager")
		void changed(EventDelivery<PriceChanged> change) {
			this.changes.add(change);
		}

	}

}
