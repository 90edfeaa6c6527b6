package dev.likeness.app.web.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api.Answer;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Refused evaluations. No test leaves data behind, so that two jobs serve all of them. */
@TestInstance(Lifecycle.PER_CLASS)
class EvaluationRefusalTests extends EvaluationTest {

    @BeforeAll
    @Override
    void trainTwoJobs() {
        super.trainTwoJobs();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {}                                                  | job_ids           | missing
            {"job_ids": null}                                   | job_ids           | missing
            {"job_ids": []}                                     | job_ids           | wrong_length
            {"job_ids": "all"}                                  | job_ids           | type_error
            {"job_ids": [null]}                                 | job_ids.0         | value_error
            {"job_ids": [7]}                                    | job_ids.0         | type_error
            {"job_ids": ["seven"]}                              | job_ids.0         | type_error
            {"job_ids": [""]}                                   | job_ids.0         | value_error
            {"job_ids": [WITH, WITH]}                           | job_ids.1         | duplicate
            {"job_ids": [WITH, UNKNOWN]}                         | job_ids.1         | unknown
            {"job_ids": [WAITING]}                              | job_ids.0         | value_error
            {"job_ids": [WITH], "samplers": []}                 | samplers          | wrong_length
            {"job_ids": [WITH], "samplers": "ddim"}             | samplers          | type_error
            {"job_ids": [WITH], "samplers": ["plms"]}           | samplers.0        | pattern_mismatch
            {"job_ids": [WITH], "samplers": [null]}             | samplers.0        | pattern_mismatch
            {"job_ids": [WITH], "samplers": ["ddim", "ddim"]}   | samplers.1        | duplicate
            {"job_ids": [WITH], "steps": []}                    | steps             | wrong_length
            {"job_ids": [WITH], "steps": 50}                    | steps             | type_error
            {"job_ids": [WITH], "steps": [0]}                   | steps.0           | greater_than_equal
            {"job_ids": [WITH], "steps": [1001]}                | steps.0           | less_than_equal
            {"job_ids": [WITH], "steps": [5.5]}                 | steps.0           | type_error
            {"job_ids": [WITH], "steps": ["50"]}                | steps.0           | type_error
            {"job_ids": [WITH], "steps": [null]}                | steps.0           | value_error
            {"job_ids": [WITH], "steps": [9, 8, 9]}             | steps.2           | duplicate
            {"job_ids": [WITH], "prompts": []}                  | prompts           | wrong_length
            {"job_ids": [WITH], "prompts": [" "]}               | prompts.0         | blank
            {"job_ids": [WITH], "prompts": [null]}              | prompts.0         | blank
            {"job_ids": [WITH], "prompts": ["a {bird}"]}        | prompts.0         | unknown_placeholder
            {"job_ids": [WITH], "prompts": ["a\\u0000"]}        | prompts.0         | pattern_mismatch
            {"job_ids": [WITH], "images_per_prompt": 0}         | images_per_prompt | greater_than_equal
            {"job_ids": [WITH], "images_per_prompt": 65}        | images_per_prompt | less_than_equal
            {"job_ids": [WITH], "guidance": 0.5}                | guidance          | greater_than_equal
            {"job_ids": [WITH], "guidance": "5"}                | guidance          | type_error
            {"job_ids": [WITH], "guidance_interval": [5, 0.3]}  | guidance_interval | value_error
            {"job_ids": [WITH], "guidance_interval": [-1, 5]}   | guidance_interval.0 | greater_than_equal
            {"job_ids": [WITH], "guidance_interval": [null, 5]} | guidance_interval.0 | value_error
            {"job_ids": [WITH], "guidance_rescale": 2}          | guidance_rescale  | less_than_equal
            {"job_ids": [WITH], "prompts": ["a", "[a:b:c]"]}    | prompts.1         | prompt_syntax
            {"job_ids": [WITH], "negative_prompt": "[a:b:2"}    | negative_prompt   | prompt_syntax
            {"job_ids": [WITH], "clip_skip": 49}                | clip_skip         | less_than_equal
            {"job_ids": [WITH], "clip_skip": 48}                | clip_skip         | less_than_equal
            {"job_ids": [WITH], "clip_skip": -1}                | clip_skip         | greater_than_equal
            {"job_ids": [WITH], "prompt_weighting": "plus"}     | prompt_weighting  | pattern_mismatch
            {"job_ids": [WITH], "width": 8}                     | width             | greater_than_equal
            {"job_ids": [WITH], "width": 20}                    | width             | multiple_of
            {"job_ids": [WITH], "width": 24}                    | width             | multiple_of
            {"job_ids": [WITH], "height": 72}                   | height            | multiple_of
            {"job_ids": [WITH], "seed": -1}                     | seed              | greater_than_equal
            {"job_ids": [WITH], "seed": 9007199254740992}       | seed              | less_than_equal
            {"job_ids": [WITH], "negative_prompt": {}}          | negative_prompt   | type_error
            {"job_ids": [WITH], "scheduler": "ddim"}            | scheduler         | extra_forbidden
            """)
    void refuses(String request, String location, String type) {
        Answer answer = submit(request.replace("WAITING", "\"%s\"".formatted(worker.submit())));

        assertRefused(answer, location, type);
        assertThat(database.rows("evaluation")).isZero();
    }

    @Test
    void saysWhatIsWrongWithJobs() {
        UUID waiting = worker.submit();
        UUID nobody = UUID.randomUUID();

        Answer answer = submit("{\"job_ids\": [\"%s\", \"%s\"]}".formatted(waiting, nobody));

        assertThat(answer.at("/errors/0/msg"))
                .isEqualTo("job %s has the status queued; only a succeeded job can be evaluated".formatted(waiting));
        assertThat(answer.at("/errors/1/msg")).isEqualTo("there is no job %s".formatted(nobody));
    }

    @Test
    void refusesMoreRowsAndImagesThanAreUseful() {
        Answer rows = submit("{\"job_ids\": [WITH], \"samplers\": [%s], \"steps\": %s}"
                .formatted(
                        "\"ddim\", \"pndm\", \"ddpm\", \"euler\", \"lms\"",
                        IntStream.rangeClosed(1, 13).boxed().toList()));
        assertRefused(rows, "job_ids", "less_than_equal");
        assertThat(rows.at("/errors/0/msg"))
                .isEqualTo("1 job with 5 samplers and 13 numbers of steps makes 65 rows; the limit is 64");

        Answer images = submit("{\"job_ids\": [WITH], \"prompts\": %s, \"images_per_prompt\": 64}"
                .formatted(IntStream.rangeClosed(1, 17)
                        .mapToObj(i -> "\"prompt %d\"".formatted(i))
                        .toList()));
        assertRefused(images, "images_per_prompt", "less_than_equal");
        assertThat(images.at("/errors/0/msg")).isEqualTo("4 rows of 1088 images make 4352 images; the limit is 4096");
    }

    @Test
    void refusesASamplerThatTheModelCannotUse() {
        Answer answer = submit("{\"job_ids\": [WITH, WITHOUT], \"samplers\": [\"heun\"], \"steps\": [10, 1000]}");

        assertRefused(answer, "samplers.0", "value_error");
        assertThat(answer.body().get("errors")).hasSize(1);
        assertThat(answer.at("/errors/0/msg"))
                .startsWith("heun with 1000 steps does not work with likeness/tiny-world: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "7", "null", "{", "\"job_ids\""})
    void needsAnObject(String body) {
        assertThat(api.post("/v1/evaluations", body).status()).isEqualTo(400);
    }

    private static void assertRefused(Answer answer, String location, String type) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(answer.body().at("/errors/0/loc").valueStream().map(it -> it.asString()))
                .as(answer.text())
                .containsExactly(location.split("\\."));
        assertThat(answer.at("/errors/0/type")).as(answer.text()).isEqualTo(type);
    }
}
