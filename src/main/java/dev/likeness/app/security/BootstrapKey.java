package dev.likeness.app.security;

import java.util.EnumSet;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Creates the first API key, if authentication is required and there is no key yet. */
@Component
@ConditionalOnWebApplication
class BootstrapKey {

    private static final Logger log = LoggerFactory.getLogger(BootstrapKey.class);

    private static final String OWNER = "admin";

    private final ApiKeys keys;
    private final SecuritySettings settings;

    BootstrapKey(ApiKeys keys, SecuritySettings settings) {
        this.keys = keys;
        this.settings = settings;
    }

    @EventListener(ApplicationReadyEvent.class)
    void make() {
        if (!settings.isRequired()) {
            return;
        }
        ApiKeys.Request everything = new ApiKeys.Request("bootstrap", OWNER, EnumSet.allOf(Scope.class), null);
        Optional<KeyText> named = Optional.ofNullable(settings.bootstrapKey()).flatMap(KeyText::parse);
        if (named.isPresent()) {
            keys.keep(named.get(), everything);
            return;
        }
        keys.bootstrap(everything)
                .ifPresent(it -> log.warn(
                        "The first API key, which has every scope and is shown this once: {}. Create others with"
                                + " POST /v1/api-keys, one with the scope admin among them, then revoke it.",
                        it.text()));
    }
}
