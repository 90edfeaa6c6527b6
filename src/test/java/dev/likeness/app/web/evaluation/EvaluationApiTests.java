package dev.likeness.app.web.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.Api.Answer;
import dev.likeness.app.evaluation.EvaluationProgress;
import dev.likeness.app.evaluation.LeasedEvaluation;
import dev.likeness.app.evaluation.LeasedEvaluation.EvaluatedJob;
import dev.likeness.app.evaluation.LeasedEvaluation.PlannedRow;
import dev.likeness.app.evaluation.NewEvaluationImage;
import dev.likeness.app.evaluation.NewEvaluationRow;
import dev.likeness.app.job.ImageRecipe;
import dev.likeness.app.score.ImageSet;
import dev.likeness.app.score.Score;
import dev.likeness.app.score.Score.Interval;
import dev.likeness.app.score.Score.Outcome;
import dev.likeness.app.score.Score.Selection;
import dev.likeness.app.task.ErrorCode;
import dev.likeness.app.task.Failure;
import dev.likeness.app.task.Lease;
import dev.likeness.app.task.Signal;
import dev.likeness.diffusion.adapter.AdapterScales;
import dev.likeness.diffusion.evaluation.Metric;
import dev.likeness.diffusion.sampling.GuidanceInterval;
import dev.likeness.diffusion.sampling.SamplingSettings;
import dev.likeness.diffusion.schedule.Sampler;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class EvaluationApiTests extends EvaluationTest {

    @Autowired
    EvaluationProgress progress;

    @BeforeEach
    @Override
    void trainTwoJobs() {
        super.trainTwoJobs();
    }

    @Test
    void comparesSchedulersAsTheSeedStudyDoes() {
        Answer task = submit("{\"job_ids\": [WITH, WITHOUT]}");

        assertThat(task.status()).as(task.text()).isEqualTo(202);
        assertThat(task.headers().getLocation()).hasToString(task.at("/urls/get"));
        assertThat(task.at("/object")).isEqualTo("evaluation");
        assertThat(task.at("/status")).isEqualTo("queued");
        assertThat(task.body().get("spec").toString())
                .isEqualTo(("{\"job_ids\":[\"%s\",\"%s\"],\"samplers\":[\"ddim\",\"pndm\"],\"steps\":[50,80],"
                                + "\"prompts\":[\"a photo of a {subject}\"],\"images_per_prompt\":4,"
                                + "\"negative_prompt\":null,\"guidance\":null,\"guidance_interval\":null,\"guidance_rescale\":null,\"width\":null,\"height\":null,"
                                + "\"seed\":null,\"clip_skip\":null,\"prompt_weighting\":null}")
                        .formatted(with, without));
        assertThat(database.priority(id(task))).isEqualTo(50);
        LeasedEvaluation leased = lease(task);
        assertThat(leased.jobs()).extracting(EvaluatedJob::id).containsExactly(with, without);
        assertThat(leased.jobs().get(1).rows()).extracting(PlannedRow::position).containsExactly(4, 5, 6, 7);
        assertThat(leased.jobs().get(1).rows())
                .extracting(row -> row.plan().settings().sampler() + " "
                        + row.plan().settings().steps())
                .containsExactly("DDIM 50", "DDIM 80", "PNDM 50", "PNDM 80");
    }

    @Test
    void samplesWithEachJobsSettingsByDefault() {
        UUID own = trained("""
                {"sampling": {"guidance": 3, "negative_prompt": "blurry", "width": 32, "height": 48, "seed": 5, "eta": 0.5}}
                """);

        assertThat(lease(submit("{\"job_ids\": [\"%s\"], \"steps\": [10]}".formatted(own)))
                        .jobs()
                        .get(0)
                        .rows()
                        .get(0)
                        .plan())
                .satisfies(plan -> {
                    assertThat(plan.settings().guided().guidance()).isEqualTo(3);
                    assertThat(plan.negativePrompt()).isEqualTo("blurry");
                    assertThat(plan.settings().width()).isEqualTo(32);
                    assertThat(plan.settings().height()).isEqualTo(48);
                    assertThat(plan.seed()).isEqualTo(5);
                    assertThat(plan.settings().eta()).isZero();
                });
        assertThat(lease(submit("""
                                {"job_ids": ["%s"], "steps": [10], "guidance": 2.5, "negative_prompt": "", "width": 64,
                                "height": 64, "seed": 9}
                                """.formatted(own))).jobs().get(0).rows().get(0).plan())
                .satisfies(plan -> {
                    assertThat(plan.settings().guided().guidance()).isEqualTo(2.5);
                    assertThat(plan.negativePrompt()).isEmpty();
                    assertThat(plan.settings().width()).isEqualTo(64);
                    assertThat(plan.settings().height()).isEqualTo(64);
                    assertThat(plan.seed()).isEqualTo(9);
                });
    }

    @Test
    void takesTheIntervalOfGuidanceOfTheJobUnlessTheRequestHasOneOrNone() {
        UUID own = trained("{\"sampling\": {\"guidance_interval\": [0.28, 5.42]}}");

        assertThat(interval(own, "")).isEqualTo(new GuidanceInterval(0.28, 5.42));
        assertThat(interval(own, ", \"guidance_interval\": [1, 4]")).isEqualTo(new GuidanceInterval(1, 4));
        assertThat(interval(own, ", \"guidance_interval\": []")).isNull();
    }

    private @Nullable GuidanceInterval interval(UUID job, String further) {
        Answer answer = submit("{\"job_ids\": [\"%s\"], \"steps\": [10]%s}".formatted(job, further));
        return lease(answer)
                .jobs()
                .get(0)
                .rows()
                .get(0)
                .plan()
                .settings()
                .guided()
                .guidanceInterval();
    }

    @Test
    void showsRowsAsTheyAreFinished() {
        Answer task = submit("{\"job_ids\": [WITH, WITHOUT], \"steps\": [10], \"images_per_prompt\": 1}");
        LeasedEvaluation leased = begin(task);

        finish(leased, 0, 0, 0.7);
        progress.progress(leased.lease(), 1, 4, 12);

        Answer shown = api.get(task.at("/urls/get"));
        assertThat(shown.at("/status")).isEqualTo("processing");
        assertThat(shown.at("/progress/eta_seconds")).isEqualTo("12");
        assertThat(shown.body().get("rows")).hasSize(1);
        assertThat(shown.at("/rows/0/job_id")).isEqualTo(with.toString());
        assertThat(shown.at("/rows/0/method")).isEqualTo("dreambooth");
        assertThat(shown.at("/rows/0/sampler")).isEqualTo("ddim");
        assertThat(shown.at("/rows/0/steps")).isEqualTo("10");
        assertThat(shown.at("/rows/0/prior")).isEqualTo("true");
        assertThat(shown.at("/rows/0/step")).isEqualTo("400");
        assertThat(shown.body().at("/rows/0/clip_i").toString())
                .isEqualTo("{\"value\":0.7,\"interval\":[0.6,0.8],\"n\":12,\"reference\":0.676,"
                        + "\"encoder\":\"likeness/tiny-world/clip\",\"reason\":null}");
        assertThat(shown.at("/rows/0/dino/reason")).isEqualTo("the encoder is missing");
        assertThat(shown.at("/rows/0/seconds_per_image")).isEqualTo("0.25");
        assertThat(shown.body().at("/rows/0/images")).hasSize(1);
        Answer image = api.get(shown.at("/rows/0/images/0"));
        assertThat(image.status()).isEqualTo(200);
        assertThat(image.text()).isEqualTo("image 0 of " + task.at("/id"));
    }

    @Test
    void isListedWithItsRowsButWithoutImages() {
        Answer older = submit("{\"job_ids\": [WITH, WITHOUT], \"steps\": [10], \"images_per_prompt\": 1}");
        finish(begin(older), 0, 0, 0.7);
        Answer newer = submit("{\"job_ids\": [WITH]}");

        Answer first = api.get("/v1/evaluations?limit=1");
        Answer second = api.get(first.at("/next"));

        assertThat(first.results("id")).containsExactly(newer.at("/id"));
        assertThat(first.body().at("/results/0/rows")).isEmpty();
        assertThat(first.body().get("previous").isNull()).isTrue();
        assertThat(second.results("id")).containsExactly(older.at("/id"));
        assertThat(second.body().at("/results/0/rows")).hasSize(1);
        assertThat(second.at("/results/0/rows/0/clip_i/value")).isEqualTo("0.7");
        assertThat(second.body().at("/results/0/rows/0/images")).isEmpty();
        assertThat(api.get(second.at("/previous")).results("id")).containsExactly(newer.at("/id"));
    }

    @Test
    void printsTheTableOfTheSeedStudy() {
        Answer task = submit("{\"job_ids\": [WITH, WITHOUT], \"steps\": [50], \"images_per_prompt\": 1}");
        LeasedEvaluation leased = begin(task);
        finish(leased, 0, 0, 0.7);
        finish(leased, 1, 1, 0.8512);

        Answer table = api.get(task.at("/urls/table"));

        assertThat(table.headers().getContentType()).hasToString("text/markdown;charset=UTF-8");
        assertThat(table.text()).isEqualTo("""
                        | Scheduler | Steps | Prior preservation | CLIP-I | CLIP-T | DINO | Seconds per image |
                        | --- | ---: | --- | ---: | ---: | ---: | ---: |
                        | DDIM | 50 | with | 0.700 [0.600, 0.800] | 0.700 [0.600, 0.800] | – | 0.25 |
                        | PNDM | 50 | without | 0.851 [0.751, 0.951] | 0.851 [0.751, 0.951] | – | 0.25 |

                        - 2 of 4 rows are finished.
                        - Each score is the mean over 1 image (1 per prompt), with its 95 % bootstrap interval in brackets.
                        - CLIP-I: similarity of the images to the subject's pictures, by likeness/tiny-world/clip; between the pictures themselves it is 0.676.
                        - CLIP-T: how well the images show their prompt, without the identifier, by likeness/tiny-world/clip; of the pictures with the plain class it is 0.676.
                        - DINO: not measured, because the encoder is missing.
                        - Weights: after 400 training steps.
                        """);
    }

    /** The situation during a rolling update, and after an update that adds a metric. */
    @Test
    void readsRowsOfReleasesWithOtherMetrics() {
        Answer task = submit("{\"job_ids\": [WITH], \"steps\": [10], \"images_per_prompt\": 1}");
        finish(begin(task), 0, 0, 0.7);
        database.evaluations().renameMetric(id(task), "clip_t", "unheard_of");

        Answer shown = api.get(task.at("/urls/get"));

        assertThat(shown.status()).as(shown.text()).isEqualTo(200);
        assertThat(shown.at("/rows/0/clip_i/value")).isEqualTo("0.7");
        assertThat(shown.at("/rows/0/clip_t/reason"))
                .isEqualTo("an earlier release without this score created the row");
        assertThat(shown.body().at("/rows/0/clip_t/value").isNull()).isTrue();
        assertThat(api.get(task.at("/urls/table")).text())
                .contains("- CLIP-T: not measured, because an earlier release without this score created the row.");
    }

    @Test
    void namesJobsThatCannotBeToldApartOtherwise() {
        UUID other = trained("{\"prior\": {\"enabled\": true}}");
        Answer task =
                submit("{\"job_ids\": [WITH, \"%s\"], \"steps\": [50], \"images_per_prompt\": 1}".formatted(other));
        LeasedEvaluation leased = begin(task);
        finish(leased, 0, 0, 0.7);
        finish(leased, 1, 0, 0.8);

        assertThat(api.get(task.at("/urls/table")).text())
                .startsWith("| Job | Scheduler | Steps |")
                .contains("| %s | DDIM | 50 | with | 0.700".formatted(with))
                .contains("| %s | DDIM | 50 | with | 0.800".formatted(other));
    }

    @Test
    void printsATableWithoutRows() {
        Answer task = submit("{\"job_ids\": [WITH]}");

        assertThat(api.get(task.at("/urls/table")).text())
                .startsWith("| Scheduler | Steps | Prior preservation | CLIP-I |")
                .endsWith("\n\n- 0 of 4 rows are finished.\n");
    }

    @Test
    void isCanceledAtOnceWhileItWaits() {
        Answer task = submit("{\"job_ids\": [WITH]}");

        assertThat(api.post(task.at("/urls/cancel")).at("/status")).isEqualTo("canceled");

        assertThat(database.tasks("evaluation")).isZero();
        assertThat(api.post(task.at("/urls/cancel")).status()).isEqualTo(409);
        assertThat(progress.lease(id(task))).isEmpty();
    }

    @Test
    void isStoppedByItsWorkerAndKeepsItsRows() {
        Answer task = submit("{\"job_ids\": [WITH]}");
        LeasedEvaluation leased = begin(task);
        finish(leased, 0, 0, 0.7);

        assertThat(api.post(task.at("/urls/cancel")).at("/status")).isEqualTo("processing");

        assertThat(progress.signal(leased.lease())).isEqualTo(Signal.CANCELED);
        progress.canceled(leased.lease());
        assertThat(api.get(task.at("/urls/get")).at("/status")).isEqualTo("canceled");
        assertThat(api.get(task.at("/urls/get")).body().get("rows")).hasSize(1);
    }

    @Test
    void saysWhyItFailed() {
        Answer task = submit("{\"job_ids\": [WITH]}");

        progress.fail(begin(task).lease(), new Failure(ErrorCode.INVALID_MODEL, "the model is damaged"));

        assertThat(api.get(task.at("/urls/get")).at("/error/code")).isEqualTo("invalid_model");
    }

    @Test
    void waitsForAnotherWorkerWhenItsOwnIsLostAndFailsOverTheThird() {
        Answer task = submit("{\"job_ids\": [WITH]}");
        Lease first = begin(task).lease();
        assertThat(progress.workerLost(id(task), false)).isTrue();
        assertThat(progress.signal(first)).isEqualTo(Signal.LEASE_LOST);
        begin(task);
        assertThat(progress.workerLost(id(task), false)).isTrue();
        begin(task);

        assertThat(progress.workerLost(id(task), false)).isFalse();

        assertThat(api.get(task.at("/urls/get")).at("/error/code")).isEqualTo("worker_lost");
    }

    @Test
    void isRunOnceMoreImageByImageWhenItsWorkerIsKilledForMemory() {
        Answer task = submit("{\"job_ids\": [WITH]}");
        assertThat(begin(task).imagesAtOnce()).isEqualTo(16);
        assertThat(progress.workerLost(id(task), true)).isTrue();
        assertThat(begin(task).imagesAtOnce()).isEqualTo(1);

        assertThat(progress.workerLost(id(task), true)).isFalse();

        assertThat(api.get(task.at("/urls/get")).at("/error/code")).isEqualTo("out_of_memory");
    }

    @Test
    void isDeletedWithItsImages() {
        Answer task = submit("{\"job_ids\": [WITH]}");
        LeasedEvaluation leased = begin(task);
        finish(leased, 0, 0, 0.7);
        String image = api.get(task.at("/urls/get")).at("/rows/0/images/0");
        String file = file(task);

        assertThat(api.delete(task.at("/urls/get")).status()).isEqualTo(409);
        progress.succeed(leased.lease());
        assertThat(api.delete(task.at("/urls/get")).status()).isEqualTo(204);

        assertThat(api.get(task.at("/urls/get")).status()).isEqualTo(404);
        assertThat(api.get(image).status()).isEqualTo(404);
        await().until(() -> database.files().rows(file) == 0);
        assertThat(api.get("/v1/jobs/" + with).status()).isEqualTo(200);
    }

    @Test
    void isDeletedWhileItWaits() {
        Answer task = submit("{\"job_ids\": [WITH]}");

        assertThat(api.delete(task.at("/urls/get")).status()).isEqualTo(204);

        assertThat(database.tasks("evaluation")).isZero();
        assertThat(database.rows("evaluation")).isZero();
    }

    @Test
    void keepsItsJobsFromBeingDeletedUntilItIsFinished() {
        Answer task = submit("{\"job_ids\": [WITH, WITHOUT], \"steps\": [10]}");
        LeasedEvaluation leased = begin(task);
        finish(leased, 0, 0, 0.7);
        finish(leased, 1, 0, 0.8);
        String file = file(task);

        Answer refused = api.delete("/v1/jobs/" + with);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.at("/detail"))
                .isEqualTo("An unfinished evaluation uses job %s. Wait until it ends, or cancel it.".formatted(with));
        progress.succeed(leased.lease());
        assertThat(api.delete("/v1/jobs/" + with).status()).isEqualTo(204);

        Answer left = api.get(task.at("/urls/get"));
        assertThat(left.body().get("rows")).hasSize(1);
        assertThat(left.at("/rows/0/job_id")).isEqualTo(without.toString());
        await().until(() -> database.files().rows(file) == 0);
        assertThat(api.delete("/v1/jobs/" + without).status()).isEqualTo(204);
        assertThat(api.get(task.at("/urls/get")).status()).isEqualTo(404);
    }

    @Test
    void isNotFoundUnderIdsThatAreNone() {
        UUID none = UUID.randomUUID();

        assertThat(api.get("/v1/evaluations/" + none).at("/detail"))
                .isEqualTo("There is no evaluation %s.".formatted(none));
        assertThat(api.get("/v1/evaluations/none").status()).isEqualTo(404);
        assertThat(api.get("/v1/evaluations/" + none + "/table").status()).isEqualTo(404);
        assertThat(api.post("/v1/evaluations/" + none + "/cancel").status()).isEqualTo(404);
        assertThat(api.delete("/v1/evaluations/" + none).status()).isEqualTo(404);
    }

    private static UUID id(Answer task) {
        return UUID.fromString(task.at("/id"));
    }

    private LeasedEvaluation lease(Answer task) {
        return progress.lease(id(task)).orElseThrow();
    }

    private LeasedEvaluation begin(Answer task) {
        LeasedEvaluation leased = lease(task);
        progress.start(leased.lease());
        return leased;
    }

    /** Generates one image of a row, and scores it. */
    private void finish(LeasedEvaluation leased, int job, int row, double value) {
        EvaluatedJob evaluated = leased.jobs().get(job);
        PlannedRow planned = evaluated.rows().get(row);
        ImageRecipe recipe = new ImageRecipe(
                "a teapot",
                "",
                0,
                new SamplingSettings(Sampler.DDIM, 10, 5, 0, 64, 64),
                "2c26b46b",
                AdapterScales.FULL,
                true,
                List.of());
        progress.addImage(
                leased.lease(),
                new NewEvaluationImage(
                        evaluated.id(),
                        planned.position(),
                        0,
                        worker.file("image %d of %s"
                                .formatted(planned.position(), leased.lease().taskId())),
                        recipe,
                        evaluated.weights().step(),
                        0.25));
        progress.addRow(
                leased.lease(),
                new NewEvaluationRow(
                        evaluated,
                        planned,
                        List.of(
                                score(Metric.CLIP_I, value),
                                score(Metric.CLIP_T, value),
                                Score.missing(ImageSet.RESULTS, Metric.DINO, "the encoder is missing", 400))));
    }

    private static Score score(Metric metric, double value) {
        double rounded = Math.round((value - 0.1) * 1e6) / 1e6;
        return new Score(
                new Selection(ImageSet.RESULTS, 400, null),
                metric,
                Outcome.of(value, 12, new Interval(rounded, Math.round((value + 0.1) * 1e6) / 1e6)),
                "likeness/tiny-world/clip",
                "all generated x real",
                0.676);
    }

    private String file(Answer task) {
        return database.evaluations().image(id(task));
    }
}
