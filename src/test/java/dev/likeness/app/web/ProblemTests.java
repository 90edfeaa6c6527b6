package dev.likeness.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api;
import dev.likeness.app.Api.Answer;
import dev.likeness.app.ApiTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

@ApiTest
class ProblemTests {

    @Autowired
    Api api;

    @Nested
    class Unreadable {

        @Test
        void aSpecThatIsNoJson() {
            assertProblem(api.submit(Api.owl("{\"training\":")), 400, "unreadable_request");
        }

        @Test
        void aSpecThatIsNoObject() {
            assertProblem(api.submit(Api.owl("[1]")), 400, "unreadable_request");
        }

        @Test
        void aBodyThatIsNoJson() {
            Answer answer = api.post("/v1/jobs/%s/generations".formatted(UUID.randomUUID()), "{");

            assertProblem(answer, 400, "unreadable_request");
        }

        @Test
        void aFormThatEndsTooEarly() {
            Answer answer = api.send(
                    HttpMethod.POST,
                    "/v1/jobs",
                    it -> {},
                    "--x\r\nContent-Disposition: form-data; name=\"class_word\"\r\n\r\nbi",
                    MediaType.parseMediaType("multipart/form-data; boundary=x"));

            assertProblem(answer, 400, "unreadable_request");
        }

        @Test
        void anInvalidRequestLine() throws IOException {
            URI root = URI.create(api.root());
            try (Socket socket = new Socket(root.getHost(), root.getPort());
                    InputStream in = socket.getInputStream()) {
                socket.getOutputStream()
                        .write("GET /v1/jobs/a|b HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));

                assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                        .startsWith("HTTP/1.1 400")
                        .contains("application/problem+json")
                        .contains("urn:likeness:problem:request-refused");
            }
        }
    }

    @Nested
    class NotFound {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/v1/jobs/0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60",
                    "/v1/jobs/0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60/events",
                    "/v1/jobs/0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60/images",
                    "/v1/jobs/0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60/scores",
                    "/v1/images/0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60",
                    "/v1/generations/0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60",
                    "/v1/models/acme/none/identifiers",
                    "/v1/models/none/identifiers",
                    "/v1/jobs/no-id-at-all"
                })
        void whatIsNotThere(String path) {
            Answer answer = api.get(path);

            assertProblem(answer, 404, "not_found");
            assertThat(answer.at("/instance")).isEqualTo(path);
        }

        @ParameterizedTest
        @ValueSource(strings = {"/v1/nothing", "/error", "/nothing", "/assets/nothing.js"})
        void pathsThatAreNotOurs(String path) {
            assertProblem(api.get(path), 404, "not_found");
        }
    }

    @Nested
    class Refused {

        @Test
        void aMethodThatIsNotSupported() {
            Answer answer = api.send(HttpMethod.PUT, "/v1/jobs", it -> {}, null, null);

            assertProblem(answer, 405, "method_not_allowed");
            assertThat(answer.headers().getAllow()).containsExactlyInAnyOrder(HttpMethod.GET, HttpMethod.POST);
        }

        @Test
        void aMediaTypeThatCannotBeProduced() {
            assertProblem(api.get("/v1/models", it -> it.set("Accept", "text/csv")), 406, "not_acceptable");
        }

        @Test
        void isMissingWhereOnlyTheTypeOfProblemsIsAccepted() {
            Consumer<HttpHeaders> problems = it -> it.set("Accept", "application/problem+json");

            assertThat(api.get("/v1/models", problems).status()).isEqualTo(200);
            assertProblem(api.get("/v1/images/" + UUID.randomUUID(), problems), 404, "not_found");
            assertThat(api.get("/v1/models", it -> it.set("Accept", "application/problem+json, text/csv"))
                            .status())
                    .isEqualTo(406);
        }

        @Test
        void aMediaTypeThatIsNotRead() {
            assertProblem(
                    api.send(HttpMethod.POST, "/v1/jobs", it -> {}, "pictures", MediaType.TEXT_PLAIN),
                    415,
                    "unsupported_media_type");
        }

        @Test
        void anUploadThatIsTooLarge() {
            MultiValueMap<String, Object> form = Api.owl();
            form.add("images", file("large.png", new byte[2 << 20]));

            assertProblem(api.submit(form), 413, "too_large");
        }

        @Test
        void aBodyThatIsTooLargeForAnythingButAForm() {
            String large = "{\"a\": \"%s\"}".formatted("x".repeat(8 << 20));

            assertProblem(api.post("/v1/jobs", large), 413, "too_large");
            assertProblem(
                    api.send(
                            HttpMethod.POST,
                            "/v1/jobs",
                            it -> it.setContentType(MediaType.APPLICATION_JSON),
                            new InputStreamResource(
                                    new ByteArrayInputStream(large.getBytes(StandardCharsets.US_ASCII))),
                            MediaType.APPLICATION_JSON),
                    413,
                    "too_large");
        }

        @Test
        void aFileThatIsTooLargeByItsName() {
            MultiValueMap<String, Object> form = Api.owl();
            form.add("images", file("large.png", new byte[(1 << 20) + 1]));

            Answer answer = api.submit(form);

            assertProblem(answer, 413, "too_large");
            assertThat(answer.at("/errors/0/ctx/file_name")).isEqualTo("large.png");
        }

        @Test
        void aFormatThatIsNotSupported() {
            MultiValueMap<String, Object> form = Api.owl();
            form.add("images", file("notes.png", "GIF89a is not supported".getBytes(StandardCharsets.US_ASCII)));

            Answer answer = api.submit(form);

            assertProblem(answer, 415, "unsupported_format");
            assertThat(answer.at("/errors/0/loc/1")).isEqualTo("3");
            assertThat(answer.at("/errors/0/ctx/file_name")).isEqualTo("notes.png");
        }

        @Test
        void tooFewPictures() {
            MultiValueMap<String, Object> form = new LinkedMultiValueMap<>();
            form.add("class_word", "bird");

            assertProblem(api.submit(form), 422, "unusable_pictures");
        }
    }

    @Nested
    class Invalid {

        @ParameterizedTest
        @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
                {"training": {"steps": 0}}                  | spec.training.steps      | greater_than_equal
                {"training": {"learning_rate": 0}}          | spec.training.learning_rate | greater_than
                {"training": {"steps": "12"}}               | spec.training.steps      | type_error
                {"training": {"steps": 1.5}}                | spec.training.steps      | type_error
                {"training": {"stepz": 12}}                 | spec.training.stepz      | extra_forbidden
                {"training": 12}                            | spec.training            | type_error
                {"training": {"precision": "fp8"}}          | spec.training.precision  | pattern_mismatch
                {"training": {"resolution": 72}}            | spec.training.resolution | multiple_of
                {"sampling": {"prompts": []}}               | spec.sampling.prompts    | wrong_length
                {"sampling": {"prompts": ["a", "a {dog}"]}} | spec.sampling.prompts.1  | unknown_placeholder
                {"sampling": {"prompts": "a photo"}}        | spec.sampling.prompts    | type_error
                {"sampling": {"width": 72}}                 | spec.sampling.width      | multiple_of
                {"sampling": {"guidance_interval": [-0.1, 5]}} | spec.sampling.guidance_interval.0 | greater_than_equal
                {"sampling": {"guidance_interval": [1, 1e9]}} | spec.sampling.guidance_interval.1 | less_than_equal
                {"sampling": {"guidance_interval": [1, 1e999]}} | spec.sampling.guidance_interval.1 | less_than_equal
                {"sampling": {"guidance_interval": [5, 0.3]}} | spec.sampling.guidance_interval | value_error
                {"sampling": {"guidance_interval": [5, 5]}} | spec.sampling.guidance_interval | value_error
                {"sampling": {"guidance_interval": [5]}}    | spec.sampling.guidance_interval | value_error
                {"sampling": {"guidance_interval": [1, 2, 3]}} | spec.sampling.guidance_interval | wrong_length
                {"sampling": {"guidance_interval": 5}}      | spec.sampling.guidance_interval | type_error
                {"sampling": {"guidance_interval": [1, "5"]}} | spec.sampling.guidance_interval.1 | type_error
                {"sampling": {"guidance_interval": [1, null]}} | spec.sampling.guidance_interval.1 | value_error
                {"prior": {"guidance_interval": [5, 0.3]}}  | spec.prior.guidance_interval | value_error
                {"prior": {"guidance_rescale": 1.1}}        | spec.prior.guidance_rescale | less_than_equal
                {"sampling": {"guidance_rescale": -0.1}}    | spec.sampling.guidance_rescale | greater_than_equal
                {"training": {"zero_terminal_snr": true}}   | spec.training.zero_terminal_snr | value_error
                {"training": {"loss_type": "l3"}}           | spec.training.loss_type | pattern_mismatch
                {"training": {"huber_schedule": "linear"}}  | spec.training.huber_schedule | pattern_mismatch
                {"training": {"huber_c": 0}}                | spec.training.huber_c | greater_than_equal
                {"training": {"multires_noise_iterations": 17}} | spec.training.multires_noise_iterations | less_than_equal
                {"training": {"multires_noise_discount": 1.5}} | spec.training.multires_noise_discount | less_than_equal
                {"training": {"input_perturbation": -1}}    | spec.training.input_perturbation | greater_than_equal
                {"training": {"debiased_estimation": 1}}    | spec.training.debiased_estimation | type_error
                {"training": {"clip_skip": -1}}             | spec.training.clip_skip  | greater_than_equal
                {"training": {"clip_skip": 49}}             | spec.training.clip_skip  | less_than_equal
                {"training": {"clip_skip": 48}}             | spec.training.clip_skip  | less_than_equal
                {"training": {"clip_skip": "1"}}            | spec.training.clip_skip  | type_error
                {"sampling": {"clip_skip": 48}}             | spec.sampling.clip_skip  | less_than_equal
                {"sampling": {"clip_skip": 0.5}}            | spec.sampling.clip_skip  | type_error
                {"sampling": {"prompt_weighting": "A1111"}} | spec.sampling.prompt_weighting | pattern_mismatch
                {"prior": {"prompt_weighting": 1}}          | spec.prior.prompt_weighting | type_error
                {"instance_prompt": "a [{subject}:bird:3]"} | spec.instance_prompt     | prompt_syntax
                {"prior": {"prompt": "a {class} AND"}}      | spec.prior.prompt        | prompt_syntax
                {"prior": {"negative_prompt": "[a:b:]"}}    | spec.prior.negative_prompt | prompt_syntax
                {"sampling": {"prompts": ["a", "[a:b:c]"]}} | spec.sampling.prompts.1  | prompt_syntax
                {"sampling": {"negative_prompt": "[a:b:2"}} | spec.sampling.negative_prompt | prompt_syntax
                {"previews": {"prompts": ["(a AND b)"]}}    | spec.previews.prompts.0  | prompt_syntax
                {"evaluation": {"prompts": ["[a:b:1.5]"]}}  | spec.evaluation.prompts.0 | prompt_syntax
                {"model": "/etc/passwd"}                    | spec.model               | unknown
                {"model": 3}                                | spec.model               | type_error
                {"preset": "nope"}                          | spec.preset              | unknown
                {"identifier": "two words"}                 | spec.identifier          | pattern_mismatch
                {"identifier": "Bird"}                      | spec.identifier          | value_error
                {"identifier": "s\\u0000ks"}                | spec.identifier          | pattern_mismatch
                {"instance_prompt": "a\\u0000"}             | spec.instance_prompt     | pattern_mismatch
                {"prior": {"prompt": "a\\u0007"}}           | spec.prior.prompt        | pattern_mismatch
                {"prior": {"negative_prompt": "a\\u0000"}}  | spec.prior.negative_prompt | pattern_mismatch
                {"sampling": {"prompts": ["a\\u0000"]}}     | spec.sampling.prompts.0  | pattern_mismatch
                {"sampling": {"prompts": ["a\\ud800"]}}     | spec.sampling.prompts.0  | pattern_mismatch
                {"sampling": {"negative_prompt": "\\u0000"}} | spec.sampling.negative_prompt | pattern_mismatch
                {"identifier": "puppy"}                     | spec.identifier          | value_error
                {"identifier": "(sks)"}                     | spec.identifier          | value_error
                {"identifier": ""}                          | spec.identifier          | pattern_mismatch
                """)
        void specs(String spec, String location, String type) {
            Answer answer = api.submit(Api.owl(spec));

            assertProblem(answer, 422, "invalid_request");
            assertThat(answer.body().get("errors").size()).isOne();
            assertThat(location(answer)).isEqualTo(location);
            assertThat(answer.at("/errors/0/type")).isEqualTo(type);
        }

        @Test
        void promptsWithTheCharacterOfTheirFirstMistake() {
            Answer answer = api.submit(
                    Api.owl("{\"sampling\": {\"prompts\": [\"a {subject}, [red:{class}:half] \\\\\\\\ $1\"]}}"));

            assertProblem(answer, 422, "invalid_request");
            assertThat(answer.at("/errors/0/msg"))
                    .isEqualTo(
                            "at character 27: a schedule ends with a step or a share of the steps, as in [a:b:10] or [a:b:0.5]");
        }

        @Test
        void promptsThatAreEqualOnceTheirPlaceholdersAreReplaced() {
            Answer answer = api.submit(
                    Api.owl("{\"sampling\": {\"prompts\": [\"a {subject}\", \"overall\", \"a sks {class}\"]}}"));

            assertProblem(answer, 422, "invalid_request");
            assertThat(location(answer)).isEqualTo("spec.sampling.prompts.2");
            assertThat(answer.at("/errors/0/msg"))
                    .isEqualTo("equals prompt 0, \"a {subject}\", after placeholders are replaced");
        }

        @Test
        void everyFieldIsNamedAtOnce() {
            MultiValueMap<String, Object> form = Api.owl("{\"training\": {\"steps\": 0, \"batch_size\": 0}}");
            form.set("class_word", " ");

            assertThat(api.submit(form).body().get("errors").size()).isEqualTo(3);
        }

        @Test
        void aClassWordThatIsMissing() {
            MultiValueMap<String, Object> form = Api.owl();
            form.remove("class_word");

            Answer answer = api.submit(form);

            assertProblem(answer, 422, "invalid_request");
            assertThat(location(answer)).isEqualTo("class_word");
            assertThat(answer.at("/errors/0/type")).isEqualTo("missing");
        }

        @Test
        void aFieldThatIsMisspelled() {
            MultiValueMap<String, Object> form = Api.owl();
            form.add("class", "bird");

            assertThat(location(api.submit(form))).isEqualTo("class");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "limit=0",
                    "limit=101",
                    "limit=many",
                    "cursor=made-up",
                    "status=done",
                    "method=lora",
                    "model=likeness/no-such-world",
                    "model=%00",
                    "class_word=",
                    "class_word={bird}",
                    "subject_id=7"
                })
        void parameters(String query) {
            Answer answer = api.get("/v1/jobs?" + query.replace("{", "%7B").replace("}", "%7D"));

            assertProblem(answer, 422, "invalid_request");
            assertThat(location(answer)).isEqualTo(query.substring(0, query.indexOf('=')));
        }

        private String location(Answer answer) {
            return String.join(
                    ".",
                    answer.body()
                            .at("/errors/0/loc")
                            .valueStream()
                            .map(it -> it.asString())
                            .toList());
        }
    }

    private static void assertProblem(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.headers().getContentType()).hasToString("application/problem+json");
        assertThat(answer.at("/status")).isEqualTo(Integer.toString(status));
        assertThat(answer.at("/code")).isEqualTo(code);
        assertThat(answer.at("/type")).isEqualTo("urn:likeness:problem:" + code.replace('_', '-'));
        assertThat(answer.at("/title")).isNotEmpty();
        assertThat(answer.at("/detail")).isNotEmpty();
        assertThat(answer.text()).doesNotContain("Exception", "java.", "likeness.app", "tools.jackson", "select ");
    }

    private static ByteArrayResource file(String name, byte[] content) {
        return new ByteArrayResource(content) {
            @Override
            public String getFilename() {
                return name;
            }
        };
    }
}
