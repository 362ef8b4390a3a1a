package io.irpc.docs.security;

import java.security.Principal;
import java.util.List;

import io.irpc.annotation.IrpcFunction;
import io.irpc.annotation.IrpcService;
import reactor.core.publisher.Mono;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.userdetails.UserDetails;

/**
 * Settings that not everybody may see or change.
 */
@IrpcService("settings")
public class SettingsService {

	private final ApplicationEventPublisher publisher;

	private volatile double maximum = 50;

	SettingsService(ApplicationEventPublisher publisher) {
		this.publisher = publisher;
	}

	public String version() {
		return "1.0";
	}

	public double maximum() {
		return this.maximum;
	}

	// tag::principal[]
	public void change(double maximum, Principal user) {
		change(maximum, user.getName());
	}
	// end::principal[]

	// tag::annotations[]
	@PreAuthorize("hasRole('OPERATOR')")
	public void reset(@AuthenticationPrincipal UserDetails user) {
		change(50, user.getUsername());
	}

	@PreAuthorize("#user == authentication.name")
	public List<String> history(String user) {
		return List.of();
	}
	// end::annotations[]

	// tag::mono[]
	@IrpcFunction(nonBlocking = true)
	public Mono<String> greeting() {
		return ReactiveSecurityContextHolder.getContext()
			.mapNotNull(SecurityContext::getAuthentication)
			.map(Authentication::getName)
			.map((name) -> "Hello, " + name);
	}
	// end::mono[]

	private void change(double maximum, String user) {
		this.maximum = maximum;
		this.publisher.publishEvent(new SettingsChanged(maximum, user));
	}

}
