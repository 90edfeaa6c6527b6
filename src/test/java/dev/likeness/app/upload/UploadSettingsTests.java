package dev.likeness.app.upload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class UploadSettingsTests {

    private final ApplicationContextRunner context =
            new ApplicationContextRunner().withUserConfiguration(Enabled.class);

    @Test
    void haveDefaults() {
        context.run(
                it -> assertThat(it.getBean(UploadSettings.class).minPictures()).isEqualTo(3));
    }

    @ParameterizedTest
    @CsvSource({
        "likeness.upload.min-pictures=1, minPictures",
        "likeness.upload.min-pictures=7, likeness.upload.max-pictures (6)",
    })
    void areCheckedAtTheStart(String setting, String named) {
        context.withPropertyValues(setting)
                .run(it -> assertThat(it).getFailure().rootCause().hasMessageContaining(named));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(UploadSettings.class)
    static class Enabled {}
}
