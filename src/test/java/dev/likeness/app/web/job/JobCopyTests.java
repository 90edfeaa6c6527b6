package dev.likeness.app.web.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api;
import dev.likeness.app.Api.Answer;
import dev.likeness.app.ApiTest;
import dev.likeness.app.TestDatabase;
import dev.likeness.app.TestWorker;
import dev.likeness.app.job.JobProgress;
import dev.likeness.app.job.Jobs;
import dev.likeness.app.subject.Caption;
import dev.likeness.app.subject.CaptionOrigin;
import dev.likeness.app.task.Lease;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Copies of jobs, with changes. */
@ApiTest
class JobCopyTests {

    @Autowired
    Api api;

    @Autowired
    TestWorker worker;

    @Autowired
    Jobs jobs;

    @Autowired
    JobProgress progress;

    @Autowired
    TestDatabase database;

    /** Of every method, with a preset, and with settings of every section. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}",
                "{\"preset\": \"tiny-world-fast\"}",
                "{\"method\": \"dreambooth_lora\", \"lora\": {\"rank\": 3}}",
                "{\"method\": \"textual_inversion\", \"identifier\": \"zwx\"}",
                "{\"method\": \"momentum_textual_inversion\", \"textual_inversion\": {\"gamma\": 0.3}}",
                "{\"training\": {\"optimizer\": \"prodigy\"}}",
                "{\"training\": {\"crop\": \"saliency\"}}",
                "{\"training\": {\"random_crop\": true}}",
                "{\"training\": {\"optimizer\": \"adamw_8bit\", \"learning_rate\": 3e-4}}",
                "{\"training\": {\"captions\": [\"one\", \"two\", \"a {subject}, three\"]}}",
                "{\"evaluation\": {\"prompts\": [\"a {subject} on a shelf\"]}}",
                "{\"evaluation\": {\"checkpoints\": 2}, \"sampling\": {\"guidance_interval\": [0.3, 5]}, \"prior\": {\"enabled\": false}}"
            })
    void areEqualWithoutChanges(String spec) {
        Answer first = api.submit(Api.owl(spec));

        Answer copy = copy(first.at("/id"), "{}");

        assertThat(copy.status()).as(copy.text()).isEqualTo(202);
        assertThat(copy.body().get("spec")).isEqualTo(first.body().get("spec"));
        assertThat(copy.body().get("captions")).isEqualTo(first.body().get("captions"));
        assertThat(copy.at("/class_word")).isEqualTo("bird");
        assertThat(copy.at("/subject_id")).isEqualTo(first.at("/subject_id"));
        assertThat(copy.at("/id")).isNotEqualTo(first.at("/id"));
    }

    @Test
    void haveTheChangesAndTheRest() {
        Answer first = api.submit(Api.owl("{\"training\": {\"steps\": 77, \"learning_rate\": 3e-4}}"));

        Answer copy = copy(first.at("/id"), "{\"spec\": {\"training\": {\"steps\": 99}, \"lora\": {\"rank\": 7}}}");

        assertThat(copy.at("/spec/training/steps")).isEqualTo("99");
        assertThat(copy.at("/spec/training/learning_rate")).isEqualTo("3.0E-4");
        assertThat(copy.at("/spec/lora/rank")).isEqualTo("7");
    }

    /** What the first job had by default, the copy has by its own defaults. */
    @Test
    void haveTheDefaultsOfAnotherMethod() {
        Answer first = api.submit(Api.owl("{\"training\": {\"steps\": 77}}"));
        Answer wanted = api.submit(
                Api.owl("{\"method\": \"textual_inversion\", \"identifier\": \"%s\", \"training\": {\"steps\": 77}}"
                        .formatted(first.at("/identifier"))));

        Answer copy = copy(first.at("/id"), "{\"spec\": {\"method\": \"textual_inversion\"}}");

        assertThat(copy.body().get("spec")).isEqualTo(wanted.body().get("spec"));
        assertThat(copy.at("/spec/training/learning_rate")).isNotEqualTo(first.at("/spec/training/learning_rate"));
    }

    @Test
    void returnToADefaultWhereAFieldIsNull() {
        Answer usual = api.submit(Api.owl());
        Answer first = api.submit(Api.owl("{\"training\": {\"steps\": 77}, \"lora\": {\"rank\": 7}}"));

        Answer copy = copy(first.at("/id"), "{\"spec\": {\"training\": {\"steps\": null}, \"lora\": null}}");

        assertThat(copy.body().get("spec")).isEqualTo(usual.body().get("spec"));
    }

    @Test
    void takeProposedCaptionsAlongWhileTheirWordsStay() {
        UUID first = UUID.fromString(
                api.submit(Api.owl("{\"model\": \"tests/described\", \"training\": {\"captions\": \"auto\"}}"))
                        .at("/id"));
        Lease lease = progress.lease(first).orElseThrow().lease();
        Caption caption = new Caption("a photo of sks bird", CaptionOrigin.BLIP);
        progress.useCaptions(lease, List.of(caption, caption, caption));

        Answer same = copy(first.toString(), "{\"spec\": {\"training\": {\"steps\": 9}}}");
        Answer renamed = copy(first.toString(), "{\"spec\": {\"identifier\": \"zwx\"}}");
        Answer without = copy(first.toString(), "{\"spec\": {\"training\": {\"captions\": []}}}");

        assertThat(captions(same)).containsExactly(caption, caption, caption);
        assertThat(captions(renamed)).isEmpty();
        assertThat(renamed.at("/spec/training/caption_source")).isEqualTo("auto");
        assertThat(captions(without)).isEmpty();
        assertThat(without.body().at("/spec/training/caption_source").isNull()).isTrue();
    }

    /** Both fields say where crops are, and only one of them is changed. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"crop\": \"random\"} | {\"crop\": \"center\"} | center | false",
                "{\"random_crop\": true} | {\"crop\": \"saliency\"} | saliency | false",
                "{\"random_crop\": true} | {\"random_crop\": false} | center | false",
                "{\"crop\": \"random\"} | {\"crop\": null} | center | false",
                "{\"crop\": \"face\"} | {\"random_crop\": true} | random | true",
                "{\"crop\": \"face\"} | {\"random_crop\": false} | face | false"
            })
    void haveOtherCrops(String before, String change, String crop, String random) {
        String first =
                api.submit(Api.owl("{\"training\": %s}".formatted(before))).at("/id");

        Answer copy = copy(first, "{\"spec\": {\"training\": %s}}".formatted(change));

        assertThat(copy.status()).as(copy.text()).isEqualTo(202);
        assertThat(copy.at("/spec/training/crop")).isEqualTo(crop);
        assertThat(copy.at("/spec/training/random_crop")).isEqualTo(random);
    }

    @Test
    void haveThePromptsOfAnotherList() {
        Answer first = api.submit(Api.owl());
        Answer wanted = api.submit(Api.owl("{\"evaluation\": {\"prompts_per_kind\": 1}}"));

        Answer copy = copy(first.at("/id"), "{\"spec\": {\"evaluation\": {\"prompts_per_kind\": 1}}}");

        assertThat(copy.body().at("/spec/evaluation")).isEqualTo(wanted.body().at("/spec/evaluation"));
        assertThat(copy.body().at("/spec/evaluation/prompts").size())
                .isNotEqualTo(first.body().at("/spec/evaluation/prompts").size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"subject_id\": \"01a1fe02-2c12-7628-b44f-4a7aa73c2524\"} | subject_id",
                "{\"spec\": {\"training\": {\"steps\": 0}}} | spec",
                "{\"spec\": {\"training\": 5}} | spec",
                "{\"spec\": {\"mask\": {\"enabled\": true}}} | spec",
                "{\"spec\": {\"training\": {\"crop_boxes\": [{\"x\": 0, \"y\": 0, \"width\": 1, \"height\": 1}]}}} | spec",
                "{\"spec\": 5} | spec",
                "{\"spec\": {\"nothing\": 5}} | spec",
                "{\"class_word\": \"\"} | class_word",
                "{\"steps\": 5} | steps"
            })
    void refuseWhatASubmissionRefuses(String body, String field) {
        String first = api.submit(Api.owl()).at("/id");

        Answer refused = copy(first, body);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.at("/errors/0/loc/0")).isEqualTo(field);
    }

    /** A preset can disappear with an operator's configuration. */
    @Test
    void doNotNeedAPresetThatIsGone() {
        String first = api.submit(Api.owl("{\"preset\": \"tiny-world-fast\"}")).at("/id");
        database.jobs().changeSpec(UUID.fromString(first), "jsonb_set(spec, '{preset}', '\"gone\"')");

        Answer copy = copy(first, "{}");

        assertThat(copy.status()).as(copy.text()).isEqualTo(202);
        assertThat(copy.body().at("/spec/preset").isNull()).isTrue();
        assertThat(copy.body().at("/spec/training"))
                .isEqualTo(api.get("/v1/jobs/" + first).body().at("/spec/training"));
    }

    private List<Caption> captions(Answer job) {
        return jobs.get(UUID.fromString(job.at("/id"))).captions();
    }

    private Answer copy(String job, String body) {
        return api.post("/v1/jobs/%s/copy".formatted(job), body);
    }
}
