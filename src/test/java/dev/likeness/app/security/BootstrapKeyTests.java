package dev.likeness.app.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.ApiTest;
import dev.likeness.app.TestDatabase;
import dev.likeness.app.security.SecuritySettings.Limits;
import dev.likeness.app.security.SecuritySettings.Links;
import dev.likeness.app.security.SecuritySettings.Mode;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ApiTest
@ExtendWith(OutputCaptureExtension.class)
class BootstrapKeyTests {

    private static final Pattern KEY = Pattern.compile("lk_[a-z0-9]{12}_[A-Za-z0-9_-]{43,}");
    private static final String NAMED = "lk_operators001_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ";

    @Autowired
    ApiKeys keys;

    @Autowired
    TestDatabase database;

    @BeforeEach
    void forget() {
        database.clear("api_key");
    }

    @Test
    void isPrintedOnceAndCanDoEverything(CapturedOutput output) {
        start(Mode.REQUIRED, null);
        start(Mode.REQUIRED, null);

        Matcher printed = KEY.matcher(output);
        assertThat(printed.find()).isTrue();
        assertThat(keys.authenticate(printed.group()))
                .get()
                .matches(it -> it.scopes().size() == Scope.values().length);
        assertThat(printed.find()).isFalse();
    }

    @Test
    void isNotMadeWithoutAuthentication(CapturedOutput output) {
        start(Mode.NONE, null);

        assertThat(output).doesNotContainPattern(KEY);
        assertThat(keys.all()).isEmpty();
    }

    @Test
    void mayBeNamedByTheOperatorAlsoLater(CapturedOutput output) {
        start(Mode.REQUIRED, null);
        start(Mode.REQUIRED, NAMED);
        start(Mode.REQUIRED, NAMED);

        assertThat(keys.authenticate(NAMED)).isPresent();
        assertThat(keys.all()).hasSize(2);
        assertThat(output).doesNotContain(NAMED);
    }

    @Test
    void holdsAgainAfterItWasRevokedIfItIsNamed() {
        start(Mode.REQUIRED, NAMED);
        keys.revoke(keys.all().get(0).id());
        assertThat(keys.authenticate(NAMED)).isEmpty();

        start(Mode.REQUIRED, NAMED);

        assertThat(keys.authenticate(NAMED)).isPresent();
    }

    @Test
    void replacesOneWithItsPrefix() {
        start(Mode.REQUIRED, NAMED);
        String next = NAMED.substring(0, NAMED.length() - 1) + "X";

        start(Mode.REQUIRED, next);

        assertThat(keys.authenticate(next)).isPresent();
        assertThat(keys.authenticate(NAMED)).isEmpty();
    }

    @Test
    void isMadeAgainIfNoneThatHoldsCanManageKeys(CapturedOutput output) {
        start(Mode.REQUIRED, null);
        keys.revoke(keys.all().get(0).id());

        start(Mode.REQUIRED, null);

        assertThat(KEY.matcher(output).results()).hasSize(2);
    }

    private void start(Mode mode, @Nullable String named) {
        SecuritySettings settings = new SecuritySettings(
                mode, named, "", new Links(Duration.ofHours(24), Duration.ofDays(30)), new Limits(0, 0, 0, 0));
        new BootstrapKey(keys, settings).make();
    }
}
