package dev.likeness.app;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/**
 * A process that updates the schema of a PostgreSQL server and ends. Run it before several API processes start. A long
 * migration then cannot get an API process killed, and if the migration fails, no new API process starts.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = Migration.ROLE_PROPERTY, havingValue = Migration.ROLE)
@ImportAutoConfiguration({DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
class Migration {

    static final String ROLE_PROPERTY = "likeness.role";

    static final String ROLE = "migrate";
}
