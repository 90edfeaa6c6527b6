package dev.likeness.app.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.env.MockEnvironment;

@ExtendWith(OutputCaptureExtension.class)
class RoleTests {

    private static final String POOL = "spring.datasource.hikari.maximum-pool-size";

    @ParameterizedTest
    @CsvSource({"all, ALL", "api, API", "worker, WORKER", "Worker, WORKER"})
    void isReadFromASetting(String value, Role role) {
        assertThat(Role.of(new MockEnvironment().withProperty("likeness.role", value)))
                .isEqualTo(role);
    }

    @Test
    void isAllRolesByDefault() {
        assertThat(Role.of(new MockEnvironment())).isEqualTo(Role.ALL);
    }

    @ParameterizedTest
    @CsvSource({"worker, , 4", "worker, 9, 9", "api, ,"})
    void holdsFewConnectionsAsAWorkerByDefault(String role, @Nullable String given, @Nullable String held) {
        MockEnvironment environment = new MockEnvironment().withProperty("likeness.role", role);
        if (given != null) {
            environment.setProperty(POOL, given);
        }

        new RoleEnvironment().postProcessEnvironment(environment, new SpringApplication());

        assertThat(environment.getProperty(POOL)).isEqualTo(held);
    }

    @Test
    void doesNotStartInAnUnknownRole(CapturedOutput output) {
        SpringApplication application = new SpringApplicationBuilder(RoleTests.class)
                .web(WebApplicationType.NONE)
                .build();

        assertThatExceptionOfType(BindException.class).isThrownBy(() -> application.run("--likeness.role=wroker"));

        assertThat(output).contains("likeness.role", "wroker", "ALL", "API", "WORKER");
    }
}
