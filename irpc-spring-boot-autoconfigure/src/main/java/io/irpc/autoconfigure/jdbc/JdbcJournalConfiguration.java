package io.irpc.autoconfigure.jdbc;

import java.time.Clock;

import javax.sql.DataSource;

import io.irpc.autoconfigure.IrpcJournalProperties;
import io.irpc.autoconfigure.JournalRetention;
import io.irpc.autoconfigure.PropertyChecks;
import io.irpc.journal.CursorStore;
import io.irpc.journal.EventJournal;
import io.irpc.journal.jdbc.JdbcCursorStore;
import io.irpc.journal.jdbc.JdbcEventJournal;
import io.irpc.journal.jdbc.JdbcJournalSettings;
import io.irpc.server.IrpcServer;
import io.irpc.service.IrpcConfigurationException;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.init.DatabaseInitializationProperties;
import org.springframework.boot.jdbc.init.PropertiesBasedDataSourceScriptDatabaseInitializer;
import org.springframework.boot.sql.autoconfigure.init.OnDatabaseInitializationCondition;
import org.springframework.boot.sql.init.dependency.DatabaseInitializationDependencyConfigurer;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Configuration of the journal, and of the cursors beside it, on a data source.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({ JdbcTemplate.class, DatabaseInitializationProperties.class })
@ConditionalOnSingleCandidate(DataSource.class)
@EnableConfigurationProperties({ IrpcJournalProperties.class, IrpcJdbcJournalProperties.class })
@Import(DatabaseInitializationDependencyConfigurer.class)
@ImportRuntimeHints(JdbcJournalConfiguration.SchemaHints.class)
class JdbcJournalConfiguration {

	/**
	 * Before all that may raise events, of which clients are the first.
	 */
	private static final int PHASE = IrpcServer.PHASE - 2048;

	@Bean
	@Conditional(OnJournalInitializationCondition.class)
	PropertiesBasedDataSourceScriptDatabaseInitializer<IrpcJdbcJournalProperties> irpcJournalDatabaseInitializer(
			DataSource dataSource, IrpcJdbcJournalProperties properties) {
		return new PropertiesBasedDataSourceScriptDatabaseInitializer<>(dataSource, properties);
	}

	@Bean
	@ConditionalOnMissingBean(EventJournal.class)
	@DependsOnDatabaseInitialization
	JdbcEventJournal irpcEventJournal(DataSource dataSource, IrpcJournalProperties properties,
			IrpcJdbcJournalProperties jdbc) {
		JdbcJournalSettings settings = new JdbcJournalSettings(JournalRetention.of(properties),
				PropertyChecks.positive("irpc.journal.jdbc.poll-interval", jdbc.getPollInterval()), PHASE,
				Clock.systemUTC());
		try {
			return new JdbcEventJournal(dataSource, settings);
		}
		catch (BadSqlGrammarException | EmptyResultDataAccessException ex) {
			throw new IrpcConfigurationException(
					"irpc.journal.type=jdbc, but the database does not have the tables of the journal (irpc_journal, ...)",
					"Set irpc.journal.jdbc.initialize-schema=always to create them in H2 or PostgreSQL, or create them"
							+ " before the start as io/irpc/journal/jdbc/schema-*.sql does.",
					ex);
		}
	}

	@Bean
	@ConditionalOnMissingBean
	@DependsOnDatabaseInitialization
	CursorStore irpcCursorStore(DataSource dataSource) {
		return new JdbcCursorStore(dataSource, Clock.systemUTC());
	}

	/**
	 * Takes the scripts into a native image.
	 */
	static final class SchemaHints implements RuntimeHintsRegistrar {

		@Override
		public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
			hints.resources().registerPattern("io/irpc/journal/jdbc/schema-*.sql");
		}

	}

	/**
	 * Whether there may be a schema to initialize.
	 */
	static final class OnJournalInitializationCondition extends OnDatabaseInitializationCondition {

		OnJournalInitializationCondition() {
			super("IRPC journal", "irpc.journal.jdbc.initialize-schema");
		}

	}

}
