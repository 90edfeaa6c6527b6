package dev.likeness.app.task;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelsTests {

    @ParameterizedTest
    @ValueSource(strings = {"env", "A", "a.b-c_d", "example.com/env", "a/b", "x.y-z.io/Team"})
    void takesKeysOfKubernetes(String key) {
        assertThat(Labels.wrongKey(key)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-env",
                "env.",
                "e nv",
                "env:prod",
                "/env",
                "a/",
                "Example.com/env",
                "a..b/env",
                "a/b/c",
                "größe"
            })
    void refusesOtherKeys(String key) {
        assertThat(Labels.wrongKey(key)).isPresent();
    }

    @Test
    void limitsLengthsAsKubernetesDoes() {
        assertThat(Labels.wrongKey("k".repeat(63))).isEmpty();
        assertThat(Labels.wrongKey("k".repeat(64))).isPresent();
        assertThat(Labels.wrongKey("p".repeat(253) + "/k")).isEmpty();
        assertThat(Labels.wrongKey("p".repeat(254) + "/k")).isPresent();
        assertThat(Labels.wrongValue("v".repeat(63))).isEmpty();
        assertThat(Labels.wrongValue("v".repeat(64))).isPresent();
        assertThat(Labels.wrongValue("")).isEmpty();
        assertThat(Labels.wrongValue("a:b")).isPresent();
    }
}
