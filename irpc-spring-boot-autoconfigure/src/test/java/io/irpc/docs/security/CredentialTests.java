package io.irpc.docs.security;

import java.net.InetAddress;

import javax.sql.DataSource;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFException;
import io.irpc.docs.Documentation;
import io.irpc.server.IrpcServer;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import io.irpc.test.IrpcTestAnswer;
import io.irpc.test.IrpcTestClient;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;
import org.springframework.security.provisioning.JdbcUserDetailsManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Runs the configurations that the chapter about security shows for users.
 */
class CredentialTests {

	private static final String ENCODED = "{bcrypt}$2a$10$tL5Q4WthyOoqb7FyJgAHrOnD9YTVNp.i9FX17WTddBlW0UY8xqivK";

	private final ApplicationContextRunner application = ServerRunner.secured(SettingsApplication.class);

	@Test
	void usersOfTheCodeLogIn() {
		this.application.withUserConfiguration(OwnUsers.class).run((context) -> {
			try (IrpcTestClient client = IrpcTestClient.to(context.getBean(IrpcServer.class).port())) {
				assertThat(authorities(client.as("viewer", "viewer"))).list(String.class).contains("ROLE_VIEWER");
				assertThat(authorities(client.as("operator", "operator"))).list(String.class).contains("ROLE_OPERATOR");
			}
		});
	}

	@Test
	void userOfTheConfigurationLogsIn() {
		this.application.withInitializer(Documentation.configuration(Documentation.text("examples/security-user.yml")))
			.run((context) -> {
				try (IrpcTestClient client = IrpcTestClient.to(context.getBean(IrpcServer.class).port())) {
					assertThat(authorities(client.as("operator", "operator"))).list(String.class)
						.contains("ROLE_OPERATOR");
				}
			});
	}

	@Test
	void usersOfTheDatabaseLogInAndChangeTheirPasswords() {
		this.application.withUserConfiguration(DatabaseUsers.class)
			.withBean(DataSource.class, CredentialTests::database)
			.withPropertyValues("irpc.server.login.recheck-interval=100ms")
			.run((context) -> {
				JdbcTemplate jdbc = new JdbcTemplate(context.getBean(DataSource.class));
				try (RawClient client = ServerRunner.connect(context)) {
					assertThat(login(client, "viewer", "viewer")).contains("ROLE_VIEWER");
					assertThat(client.ask("!call@1\tfn:passwd\told=\"viewer\"\tnew=\"better\""))
						.isEqualTo(">1\t\ttrue");
					assertThat(jdbc.queryForObject("select password from users", String.class)).startsWith("{bcrypt}")
						.isNotEqualTo(ENCODED);
					assertThat(login(client, "viewer", "better")).contains("ROLE_VIEWER");
					jdbc.update("update users set enabled = false");
					assertThat(client.read()).isEqualTo(">\tException\t\"The login is not valid any more\"");
				}
			});
	}

	@Test
	void usersOfTheDirectoryLogIn() throws LDAPException, LDIFException {
		InMemoryDirectoryServer directory = directory();
		try {
			this.application.withUserConfiguration(DirectoryUsers.class)
				.withPropertyValues(
						"directory.url=ldap://127.0.0.1:" + directory.getListenPort() + "/dc=example,dc=org",
						"irpc.server.login.recheck-interval=100ms")
				.run((context) -> {
					try (RawClient client = ServerRunner.connect(context)) {
						assertThat(client.ask("!call@0\tfn:login\t=\"ann\"\t=\"wrong\"")).isEqualTo(">0\t\tfalse");
						assertThat(login(client, "ann", "secret")).contains("ROLE_OPERATOR");
						directory.delete("cn=operator,ou=groups,dc=example,dc=org");
						await().untilAsserted(
								() -> assertThat(client.ask("!call@2\tfn:whaticando")).doesNotContain("ROLE_OPERATOR"));
					}
				});
		}
		finally {
			directory.shutDown(true);
		}
	}

	private static IrpcTestAnswer authorities(IrpcTestClient user) {
		return user.call("whaticando").exchange();
	}

	private static String login(RawClient client, String user, String password) {
		assertThat(client.ask("!call@0\tfn:login\t=\"" + user + "\"\t=\"" + password + "\"")).isEqualTo(">0\t\ttrue");
		return String.valueOf(client.ask("!call@1\tfn:whaticando"));
	}

	private static DataSource database() {
		DataSource database = new EmbeddedDatabaseBuilder().setType(EmbeddedDatabaseType.H2)
			.generateUniqueName(true)
			.addScript(JdbcUserDetailsManager.DEFAULT_USER_SCHEMA_DDL_LOCATION)
			.build();
		JdbcTemplate jdbc = new JdbcTemplate(database);
		jdbc.update("insert into users values ('viewer', ?, true)", ENCODED);
		jdbc.update("insert into authorities values ('viewer', 'ROLE_VIEWER')");
		return database;
	}

	private static InMemoryDirectoryServer directory() throws LDAPException, LDIFException {
		InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=example,dc=org");
		config.setSchema(null);
		config.setListenerConfigs(
				InMemoryListenerConfig.createLDAPConfig("ldap", InetAddress.getLoopbackAddress(), 0, null));
		InMemoryDirectoryServer directory = new InMemoryDirectoryServer(config);
		directory.add("dn: dc=example,dc=org", "objectClass: domain", "dc: example");
		directory.add("dn: ou=people,dc=example,dc=org", "objectClass: organizationalUnit", "ou: people");
		directory.add("dn: ou=groups,dc=example,dc=org", "objectClass: organizationalUnit", "ou: groups");
		directory.add("dn: uid=ann,ou=people,dc=example,dc=org", "objectClass: inetOrgPerson", "uid: ann", "cn: Ann",
				"sn: Ann", "userPassword: secret");
		directory.add("dn: cn=operator,ou=groups,dc=example,dc=org", "objectClass: groupOfNames", "cn: operator",
				"member: uid=ann,ou=people,dc=example,dc=org");
		directory.startListening();
		return directory;
	}

}
