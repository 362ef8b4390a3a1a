package io.irpc.sample.daemon.ftp;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.irpc.sample.daemon.ingest.Intake;
import io.irpc.sample.daemon.support.DataDirectory;
import io.irpc.sample.daemon.support.SampleProperties;
import org.apache.ftpserver.ConnectionConfig;
import org.apache.ftpserver.ConnectionConfigFactory;
import org.apache.ftpserver.DataConnectionConfigurationFactory;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.command.CommandFactory;
import org.apache.ftpserver.command.CommandFactoryFactory;
import org.apache.ftpserver.command.impl.APPE;
import org.apache.ftpserver.command.impl.STOR;
import org.apache.ftpserver.ftplet.DefaultFtpReply;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.UserManager;
import org.apache.ftpserver.listener.Listener;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.usermanager.ClearTextPasswordEncryptor;
import org.apache.ftpserver.usermanager.PropertiesUserManagerFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.ConcurrentLoginPermission;
import org.apache.ftpserver.usermanager.impl.WritePermission;

import org.springframework.stereotype.Component;

/**
 * Makes FTP servers that write into the inbox: on the loopback interface, for one user
 * who may be logged in several times.
 */
@Component
final class InboxServerFactory {

	private static final String LOOPBACK = "127.0.0.1";

	private static final int MAX_LOGINS = 20;

	private static final int MAX_LOGIN_FAILURES = 3;

	/**
	 * Seconds that a data connection may be silent.
	 */
	private static final int DATA_IDLE_TIME = 60;

	/**
	 * Commands without a place in the inbox: it has no directories, and every upload has
	 * the name that the client gives it.
	 */
	private static final List<String> REFUSED = List.of("MKD", "RMD", "STOU");

	private final SampleProperties.Ftp properties;

	private final DataDirectory directory;

	private final Intake intake;

	InboxServerFactory(SampleProperties properties, DataDirectory directory, Intake intake) {
		this.properties = properties.ftp();
		this.directory = directory;
		this.intake = intake;
	}

	FtpServer create(Listener listener) throws FtpException {
		FtpServerFactory factory = new FtpServerFactory();
		factory.addListener("default", listener);
		factory.setConnectionConfig(connections());
		factory.setUserManager(users());
		factory.setFileSystem((user) -> new InboxView(user, this.intake));
		factory.setCommandFactory(commands());
		return factory.createServer();
	}

	Listener listener() {
		DataConnectionConfigurationFactory data = new DataConnectionConfigurationFactory();
		data.setIdleTime(DATA_IDLE_TIME);
		data.setPassiveAddress(LOOPBACK);
		data.setPassiveIpCheck(true);
		data.setActiveIpCheck(true);
		ListenerFactory listener = new ListenerFactory();
		listener.setServerAddress(LOOPBACK);
		listener.setPort(this.properties.port());
		listener.setDataConnectionConfiguration(data.createDataConnectionConfiguration());
		return listener.createListener();
	}

	private static ConnectionConfig connections() {
		ConnectionConfigFactory connections = new ConnectionConfigFactory();
		connections.setAnonymousLoginEnabled(false);
		connections.setMaxLogins(MAX_LOGINS);
		connections.setMaxLoginFailures(MAX_LOGIN_FAILURES);
		return connections.createConnectionConfig();
	}

	private UserManager users() throws FtpException {
		BaseUser user = new BaseUser();
		user.setName(this.properties.username());
		user.setPassword(this.properties.password());
		user.setHomeDirectory(this.directory.inbox().toString());
		user.setAuthorities(List.of(new WritePermission(), new ConcurrentLoginPermission(MAX_LOGINS, MAX_LOGINS)));
		PropertiesUserManagerFactory factory = new PropertiesUserManagerFactory();
		factory.setPasswordEncryptor(new ClearTextPasswordEncryptor());
		UserManager users = factory.createUserManager();
		users.save(user);
		return users;
	}

	private static CommandFactory commands() {
		Set<Path> uploads = ConcurrentHashMap.newKeySet();
		Command refusal = (session, context, request) -> session
			.write(new DefaultFtpReply(FtpReply.REPLY_502_COMMAND_NOT_IMPLEMENTED, "Not in this directory"));
		CommandFactoryFactory commands = new CommandFactoryFactory();
		commands.addCommand("STOR", new UploadCommand(new STOR(), uploads));
		commands.addCommand("APPE", new UploadCommand(new APPE(), uploads));
		REFUSED.forEach((name) -> commands.addCommand(name, refusal));
		return commands.createCommandFactory();
	}

}
