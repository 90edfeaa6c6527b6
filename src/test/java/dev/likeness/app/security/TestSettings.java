package dev.likeness.app.security;

import dev.likeness.app.security.SecuritySettings.Limits;
import dev.likeness.app.security.SecuritySettings.Links;
import dev.likeness.app.security.SecuritySettings.Mode;
import java.time.Duration;

/** Settings of servers that ask callers who they are. */
final class TestSettings {

    private TestSettings() {}

    static SecuritySettings required() {
        return required(new Limits(0, 0, 0, 0));
    }

    static SecuritySettings required(Limits limits) {
        return new SecuritySettings(
                Mode.REQUIRED, null, "", new Links(Duration.ofHours(24), Duration.ofDays(30)), limits);
    }
}
