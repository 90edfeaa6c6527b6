package dev.likeness.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api;
import dev.likeness.app.Api.Answer;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

/** Who may let a task overtake those of other owners. */
class PriorityTests extends AuthenticatedApiTest {

    @Test
    void isAboveZeroForAdministratorsAlone() {
        String key = create("{\"name\": \"tests\", \"owner\": \"priorities\", \"scopes\": [\"read\", \"write\"]}")
                .at("/key");
        Api writer = anonymous.as(key);
        Api admin = anonymous.as(ADMIN);
        String path = "/v1/subjects/%s/jobs".formatted(subject(writer));

        Answer refused = writer.post(path, "{\"priority\": 1}");
        Answer job = writer.post(path, "{\"priority\": -1}");
        Answer raised = writer.send(
                HttpMethod.PATCH,
                "/v1/jobs/" + job.at("/id"),
                it -> {},
                "{\"priority\": 1}",
                MediaType.APPLICATION_JSON);

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.at("/code")).isEqualTo("forbidden");
        assertThat(refused.at("/detail")).contains("admin");
        assertThat(job.status()).isEqualTo(202);
        assertThat(raised.status()).isEqualTo(403);
        assertThat(admin.post("/v1/subjects/%s/jobs".formatted(subject(admin)), "{\"priority\": 1}")
                        .status())
                .isEqualTo(202);
    }

    private static String subject(Api owner) {
        return owner.send(HttpMethod.POST, "/v1/subjects", it -> {}, Api.owl(), MediaType.MULTIPART_FORM_DATA)
                .at("/id");
    }
}
