package dev.likeness.app;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/**
 * A process that brings the schema of a PostgreSQL server up to date and ends. Where several API processes start at once,
 * it goes before them: none is killed for being slow meanwhile, and if it fails, none of the new ones starts.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = Migration.ROLE_PROPERTY, havingValue = Migration.ROLE)
@ImportAutoConfiguration({DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
class Migration {

    static final String ROLE_PROPERTY = "likeness.role";

    static final String ROLE = "migrate";
}
