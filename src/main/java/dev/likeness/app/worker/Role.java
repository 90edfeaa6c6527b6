package dev.likeness.app.worker;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** The purpose of a process: {@code likeness.role}. */
enum Role {
    /** Serves the API and supervises a worker process. */
    ALL,
    /** Serves the API. */
    API,
    /** Runs tasks. */
    WORKER,
    /** Migrates the database's schema, then ends. */
    MIGRATE;

    static final String PROPERTY = "likeness.role";

    /** @throws org.springframework.boot.context.properties.bind.BindException if the role is unknown */
    static Role of(Environment environment) {
        return Binder.get(environment).bind(PROPERTY, Role.class).orElse(ALL);
    }
}
