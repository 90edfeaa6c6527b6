package dev.likeness.app.worker;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** What a process is for, as {@code likeness.role} says. */
enum Role {
    /** Serves the API and keeps a worker process. */
    ALL,
    /** Serves the API. */
    API,
    /** Trains and draws. */
    WORKER,
    /** Brings the database's schema up to date, and ends. */
    MIGRATE;

    static final String PROPERTY = "likeness.role";

    /** @throws org.springframework.boot.context.properties.bind.BindException if there is no such role */
    static Role of(Environment environment) {
        return Binder.get(environment).bind(PROPERTY, Role.class).orElse(ALL);
    }
}
