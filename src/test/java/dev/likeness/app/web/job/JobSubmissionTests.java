package dev.likeness.app.web.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api;
import dev.likeness.app.Api.Answer;
import dev.likeness.app.ApiTest;
import dev.likeness.app.TestDatabase;
import dev.likeness.app.TestWorker;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.MultiValueMap;

/** What a submitted job takes from its form and its spec, and what it refuses. */
@ApiTest
class JobSubmissionTests {

    @Autowired
    TestDatabase database;

    @Autowired
    Api api;

    @Autowired
    TestWorker worker;

    @Autowired
    JdbcClient jdbc;

    @Test
    void takesPicturesAndAClassWord() {
        Answer answer = api.submit(Api.owl());

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.headers().getLocation()).hasToString(answer.at("/urls/get"));
        assertThat(answer.at("/object")).isEqualTo("job");
        assertThat(answer.at("/status")).isEqualTo("queued");
        assertThat(answer.at("/class_word")).isEqualTo("bird");
        assertThat(answer.at("/identifier")).isEqualTo("sks");
        assertThat(answer.at("/model")).isEqualTo("likeness/tiny-world");
        assertThat(answer.at("/spec/training/steps")).isEqualTo("400");
        assertThat(answer.body().at("/input_report/pictures").size()).isEqualTo(3);
    }

    @Test
    void takesASpecAsAPart() {
        Answer answer = api.submit(Api.owl("{\"preset\": \"tiny-world-fast\", \"training\": {\"seed\": 7}}"));

        assertThat(answer.at("/spec/training/seed")).isEqualTo("7");
        assertThat(answer.at("/spec/training/steps")).isEqualTo("150");
    }

    @Test
    void takesASpecAsAField() {
        MultiValueMap<String, Object> form = Api.owl();
        form.add("spec", "{\"identifier\": \"ohwx\"}");

        assertThat(api.submit(form).at("/identifier")).isEqualTo("ohwx");
    }

    @ParameterizedTest
    @CsvSource({
        "dreambooth, 7.0E-4, true",
        "dreambooth_lora, 0.002, true",
        "textual_inversion, 0.05, false",
        "momentum_textual_inversion, 0.2, false"
    })
    void takesDefaultsThatFitTheMethod(String method, double rate, boolean prior) {
        Answer answer = api.submit(Api.owl("{\"method\": \"%s\"}".formatted(method)));

        assertThat(answer.at("/method")).isEqualTo(method);
        assertThat(Double.parseDouble(answer.at("/spec/training/learning_rate")))
                .isEqualTo(rate);
        assertThat(answer.at("/spec/prior/enabled")).isEqualTo(Boolean.toString(prior));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'dropout': 0.1, 'dora': 'outputs' | dropout | is only for algorithm lora without dora",
                "'dropout': 0.1, 'algorithm': 'loha' | dropout | is only for algorithm lora",
                "'conv_rank': 4 | conv_rank | set targets to all",
                "'conv_alpha': 4, 'targets': 'linear' | conv_alpha | set targets to all",
                "'tucker': true | tucker | set targets to all",
                "'factor': 4 | factor | is only for algorithm lokr",
                "'decompose_both': true, 'algorithm': 'loha' | decompose_both | is only for algorithm lokr",
                "'rank_pattern': ['to_q=4', 'to_k'] | rank_pattern | must be PATTERN=NUMBER",
                "'rank_pattern': ['to_q=2.5'] | rank_pattern | a whole number from 1 to 256",
                "'alpha_pattern': ['(to_q=2'] | alpha_pattern | which is not a regular expression",
                "'alpha_pattern': ['to_q=1e9'] | alpha_pattern | at most 1024",
                "'rank_pattern': ['to_q=4', 'attn9.to_q=8'] | rank_pattern | matches none of the",
                "'rank_pattern': ['conv1=8'] | rank_pattern | layers with an adapter (targets attention, train_text_encoder",
                "'alpha_pattern': ['to_q=4', 'attn1.to_q=8'] | alpha_pattern | patterns before it match all of its layers"
            })
    void refusesSettingsOfAdaptersThatCannotBeCombined(String lora, String field, String message) {
        Answer refused = api.submit(
                Api.owl("{\"method\": \"dreambooth_lora\", \"lora\": {%s}}".formatted(lora.replace('\'', '"'))));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.at("/errors/0/loc/2")).isEqualTo(field);
        assertThat(refused.at("/errors/0/msg")).contains(message);
    }

    @Test
    void takesEverySettingOfAdapters() {
        String lora =
                "{'algorithm': 'lokr', 'dora': 'inputs', 'rank_stabilized': true, 'targets': 'all', 'conv_rank': 4,"
                        + " 'conv_alpha': 2, 'rank_pattern': ['attn2.to_k=8'], 'alpha_pattern': ['attn2.to_k=8'], 'factor': 4,"
                        + " 'tucker': true, 'decompose_both': true}";

        Answer job = api.submit(
                Api.owl("{\"method\": \"dreambooth_lora\", \"lora\": %s}".formatted(lora.replace('\'', '"'))));

        assertThat(job.status()).isEqualTo(202);
        assertThat(job.at("/spec/lora/rank_pattern/0")).isEqualTo("attn2.to_k=8");
        assertThat(job.at("/spec/lora/conv_rank")).isEqualTo("4");
    }

    @Test
    void takesAFinishedJobToTrainOnTopOfWhichThenCannotBeDeleted() {
        String base = worker.finishedJob(api);
        String spec = "{\"method\": \"textual_inversion\", \"base_job_id\": \"%s\"}".formatted(base);

        Answer job = api.submit(Api.owl(spec));

        assertThat(job.status()).isEqualTo(202);
        assertThat(job.at("/spec/base_job_id")).isEqualTo(base);
        assertThat(api.delete("/v1/jobs/" + base).status()).isEqualTo(409);
        assertThat(api.delete("/v1/jobs/" + job.at("/id")).status()).isEqualTo(204);
        assertThat(api.delete("/v1/jobs/" + base).status()).isEqualTo(204);
    }

    /** This model predicts noise, so it cannot be trained so. */
    @Test
    void inheritsZeroTerminalSnr() {
        String base = worker.finishedJob(api);
        database.trainedFromPureNoise(UUID.fromString(base));

        Answer inherits = api.submit(Api.owl("{\"base_job_id\": \"%s\"}".formatted(base)));
        Answer differs = api.submit(
                Api.owl("{\"base_job_id\": \"%s\", \"training\": {\"zero_terminal_snr\": false}}".formatted(base)));

        for (Answer answer : List.of(inherits, differs)) {
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.body().at("/errors/0/loc").toString())
                    .isEqualTo("[\"spec\",\"training\",\"zero_terminal_snr\"]");
        }
        assertThat(inherits.at("/errors/0/msg")).contains("does not go with prediction_type epsilon");
        assertThat(differs.at("/errors/0/msg"))
                .isEqualTo(
                        "job %s was trained with zero terminal SNR, so training on top of it needs it, too; omit the field, or set it to true"
                                .formatted(base));
    }

    @Test
    void takesTwoWordsOnTopOfEachOtherUnlessTheyAreTheSame() {
        String inversion = "{\"method\": \"textual_inversion\", \"identifier\": \"%s\", \"base_job_id\": %s}";
        String base = api.submit(Api.owl(inversion.formatted("first", "null"))).at("/id");
        worker.work(UUID.fromString(base));

        assertThat(api.submit(Api.owl(inversion.formatted("second", '"' + base + '"')))
                        .status())
                .isEqualTo(202);
        Answer same = api.submit(Api.owl(inversion.formatted("first", '"' + base + '"')));
        assertThat(same.status()).isEqualTo(422);
        assertThat(same.at("/errors/0/msg")).contains("has already learned the word <first>");
    }

    @Test
    void continuesWithTheBaseJobsMomentumUnlessItSaysOtherwise() {
        String momentum = "{\"method\": \"momentum_textual_inversion\", \"identifier\": \"%s\", %s}";
        String first = "\"textual_inversion\": {\"vectors\": 3, \"gamma\": 0.4, \"momentum_mode\": \"ema\"}";
        String base = api.submit(Api.owl(momentum.formatted("first", first))).at("/id");
        worker.work(UUID.fromString(base));
        String onTop = "\"base_job_id\": \"%s\", \"textual_inversion\": %s".formatted(base, "%s");

        Answer next = api.submit(Api.owl(momentum.formatted("second", onTop.formatted("{}"))));
        Answer other = api.submit(Api.owl(momentum.formatted("third", onTop.formatted("{\"gamma\": 0.2}"))));
        Answer plain = api.submit(Api.owl(momentum.formatted("fourth", onTop.formatted("{}"))
                .replace("momentum_textual_inversion", "textual_inversion")));

        assertThat(inversion(next)).isEqualTo("3 0.4 ema");
        assertThat(inversion(other)).isEqualTo("3 0.2 ema");
        assertThat(inversion(plain)).isEqualTo("4 0.1 anchor");
    }

    /** The situation during a rolling update. */
    @Test
    void refusesToContinueWithAMomentumModeThatOnlyANewerReleaseKnows() {
        String momentum = "{\"method\": \"momentum_textual_inversion\", \"identifier\": \"%s\", %s}";
        String first = "\"textual_inversion\": {\"vectors\": 3, \"gamma\": 0.4, \"momentum_mode\": \"ema\"}";
        String base = api.submit(Api.owl(momentum.formatted("known", first))).at("/id");
        worker.work(UUID.fromString(base));
        changeMomentumMode(base, "unheard_of");

        String onTop = "\"base_job_id\": \"%s\"".formatted(base);
        Answer next = api.submit(Api.owl(momentum.formatted("newer", onTop)));
        Answer own = api.submit(
                Api.owl(momentum.formatted("newest", onTop + ", \"textual_inversion\": {\"momentum_mode\": \"ema\"}")));
        // Other tests list jobs, and check the list against the document.
        changeMomentumMode(base, "ema");

        assertThat(next.status()).as(next.text()).isEqualTo(422);
        assertThat(next.body().at("/errors/0/loc").toString())
                .isEqualTo("[\"spec\",\"textual_inversion\",\"momentum_mode\"]");
        assertThat(next.at("/errors/0/msg"))
                .isEqualTo("job %s has a mode that only a newer release knows; set this field to anchor or ema, or try "
                                .formatted(base)
                        + "again when all processes have been updated");
        assertThat(inversion(own)).isEqualTo("3 0.4 ema");
    }

    private void changeMomentumMode(String job, String mode) {
        database.jobs()
                .changeSpec(
                        UUID.fromString(job),
                        "jsonb_set(spec, '{textual_inversion,momentum_mode}', '\"%s\"')".formatted(mode));
    }

    @Test
    void refusesFewerVectorsThanMomentumContinuesFrom() {
        String momentum = "{\"method\": \"%s\", \"identifier\": \"%s\", %s}";
        String vectors = "\"textual_inversion\": {\"vectors\": %d, \"initializer\": %s}";
        Answer first = api.submit(
                Api.owl(momentum.formatted("momentum_textual_inversion", "whole", vectors.formatted(4, "null"))));
        String base = first.at("/id");
        worker.work(UUID.fromString(base));
        String onTop = "\"base_job_id\": \"%s\", %s".formatted(base, vectors);

        for (String initializer : List.of("null", "\"bird\"", "\"<zero>\"")) {
            Answer fewer = api.submit(
                    Api.owl(momentum.formatted("momentum_textual_inversion", "less", onTop.formatted(2, initializer))));

            assertThat(fewer.status()).isEqualTo(422);
            assertThat(fewer.body().at("/errors").size()).isEqualTo(1);
            assertThat(fewer.body().at("/errors/0/loc").toString())
                    .isEqualTo("[\"spec\",\"textual_inversion\",\"vectors\"]");
            assertThat(fewer.at("/errors/0/msg"))
                    .isEqualTo("must be at least 4: training continues from job %s, which has that many embeddings; "
                                    .formatted(base)
                            + "omit the field to use that number");
        }
        assertThat(List.of(
                        api.submit(Api.owl(
                                momentum.formatted("momentum_textual_inversion", "more", onTop.formatted(5, "null")))),
                        api.submit(
                                Api.owl(momentum.formatted("textual_inversion", "plain", onTop.formatted(2, "null"))))))
                .extracting(Answer::status)
                .containsOnly(202);
    }

    private static String inversion(Answer answer) {
        String spec = "/spec/textual_inversion/";
        return "%s %s %s"
                .formatted(answer.at(spec + "vectors"), answer.at(spec + "gamma"), answer.at(spec + "momentum_mode"));
    }

    @Test
    void refusesABaseThatIsNotFinishedOrNotThere() {
        String waiting = api.submit(Api.owl()).at("/id");

        for (String base : List.of(waiting, UUID.randomUUID().toString())) {
            Answer answer = api.submit(Api.owl("{\"base_job_id\": \"%s\"}".formatted(base)));

            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.body().at("/errors/0/loc").toString()).isEqualTo("[\"spec\",\"base_job_id\"]");
        }
    }

    @Test
    void putsTheJobIntoTheQueue() {
        String id = api.submit(Api.owl()).at("/id");

        assertThat(database.hasTask(UUID.fromString(id))).isTrue();
    }

    @Test
    void keepsNothingOfARefusedForm() {
        int before = database.rows("subject");
        MultiValueMap<String, Object> form = Api.owl("{\"training\": {\"steps\": 0}}");

        assertThat(api.submit(form).status()).isEqualTo(422);
        assertThat(database.rows("subject")).isEqualTo(before);
    }
}
