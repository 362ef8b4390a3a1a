package io.irpc.autoconfigure.jdbc;

import io.irpc.autoconfigure.IrpcEventAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Import;

/**
 * Auto-configuration of the journal on the application's data source.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = IrpcEventAutoConfiguration.class,
		afterName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@ConditionalOnBooleanProperty(name = "irpc.server.enabled", matchIfMissing = true)
@ConditionalOnProperty(name = "irpc.journal.type", havingValue = "jdbc")
@Import({ JdbcJournalConfiguration.class, MissingDataSourceConfiguration.class })
public final class IrpcJdbcJournalAutoConfiguration {

}
