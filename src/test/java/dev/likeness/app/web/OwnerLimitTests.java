package dev.likeness.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api;
import dev.likeness.app.Api.Answer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** Limits that apply to each owner separately. */
class OwnerLimitTests extends AuthenticatedApiTest {

    @Test
    void countFormsHoweverTheirTypeIsSpelled() {
        List<Integer> statuses = IntStream.range(0, 7)
                .mapToObj(it -> shop.send(
                                HttpMethod.POST,
                                "/v1/subjects",
                                headers -> headers.set(HttpHeaders.CONTENT_TYPE, "Multipart/form-data; boundary=x"),
                                null,
                                null)
                        .status())
                .toList();

        assertThat(statuses.get(6)).isEqualTo(429);
    }

    @Test
    void refuseTooManyUploadsOfOneOwnerOnly() {
        List<Integer> statuses = IntStream.range(0, 7)
                .mapToObj(it -> shop.submit(new LinkedMultiValueMap<>()).status())
                .toList();

        assertThat(statuses.subList(0, 6)).containsOnly(422);
        assertThat(statuses.get(6)).isEqualTo(429);
        Answer refused = shop.submit(new LinkedMultiValueMap<>());
        assertThat(refused.at("/code")).isEqualTo("rate_limited");
        assertThat(Integer.parseInt(String.valueOf(refused.headers().getFirst(HttpHeaders.RETRY_AFTER))))
                .isBetween(1, 10);
        assertThat(shop.get("/v1/jobs").status()).isEqualTo(200);
        assertThat(stranger.submit(new LinkedMultiValueMap<>()).status()).isEqualTo(422);
    }

    @Test
    void refuseTooManyPixelsOfOneOwnerOnly() {
        MultiValueMap<String, Object> form = new LinkedMultiValueMap<>();
        form.add("class_word", "astronaut");
        for (int i = 0; i < 3; i++) {
            form.add("images", new ClassPathResource("photos/astronaut.png"));
        }

        assertThat(upload(shop, form).status()).isEqualTo(201);
        Answer refused = upload(shop, form);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.at("/code")).isEqualTo("rate_limited");
        int seconds = Integer.parseInt(String.valueOf(refused.headers().getFirst(HttpHeaders.RETRY_AFTER)));
        assertThat(seconds).isBetween(1, 60);
        assertThat(refused.at("/detail"))
                .isEqualTo(
                        "The limit of pixels per minute is reached. Send the pictures again in %d s, or send smaller ones."
                                .formatted(seconds));
        assertThat(shop.get("/v1/jobs").status()).isEqualTo(200);
        assertThat(upload(stranger, form).status()).isEqualTo(201);
    }

    @Test
    void refuseTooManyUnfinishedJobsOfOneOwnerOnly() {
        String subject = subject(shop, null).at("/id");
        List<Answer> answers = IntStream.range(0, 3)
                .parallel()
                .mapToObj(it -> shop.post("/v1/jobs", "{\"subject_id\": \"%s\"}".formatted(subject)))
                .toList();

        assertThat(answers.stream().map(Answer::status)).containsExactlyInAnyOrder(202, 202, 429);
        Answer refused =
                answers.stream().filter(it -> it.status() == 429).findFirst().orElseThrow();
        assertThat(refused.at("/code")).isEqualTo("quota_exceeded");
        assertThat(refused.headers().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("60");
        Answer plan = shop.post("/v1/plans", "{\"subject_id\": \"%s\"}".formatted(subject));
        assertThat(plan.status()).isEqualTo(429);
        assertThat(plan.at("/code")).isEqualTo("quota_exceeded");
        Answer accepted =
                answers.stream().filter(it -> it.status() == 202).findFirst().orElseThrow();
        assertThat(shop.post("/v1/jobs/%s/cancel".formatted(accepted.at("/id"))).status())
                .isEqualTo(200);
        assertThat(shop.post("/v1/jobs", "{\"subject_id\": \"%s\"}".formatted(subject))
                        .status())
                .isEqualTo(202);
    }

    private static Answer upload(Api owner, MultiValueMap<String, Object> form) {
        return owner.send(HttpMethod.POST, "/v1/subjects", it -> {}, form, MediaType.MULTIPART_FORM_DATA);
    }
}
