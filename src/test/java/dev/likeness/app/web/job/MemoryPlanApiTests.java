package dev.likeness.app.web.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api;
import dev.likeness.app.Api.Answer;
import dev.likeness.app.ApiTest;
import dev.likeness.app.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@ApiTest
class MemoryPlanApiTests {

    private static final long GB = 1_000_000_000;

    /** Large enough for every memory saving to save more than a few bytes of the bundled model's memory. */
    private static final String LARGE = "{\"training\": {\"resolution\": 256%s}, \"prior\": {\"enabled\": false}}";

    @Autowired
    TestDatabase database;

    @Autowired
    Api api;

    @AfterEach
    void withoutWorkers() {
        database.clear("worker");
    }

    @Test
    void takesAJobAsItIsWhileNoWorkerIsKnown() {
        Answer job = submit("");

        assertThat(planned(job)).isBetween(GB / 2, 20 * GB);
        assertThat(job.body().at("/memory_plan/device_bytes").isNull()).isTrue();
        assertThat(job.body().at("/memory_plan/device").isNull()).isTrue();
        assertThat(job.body().at("/memory_plan/economies")).isEmpty();
        assertThat(job.at("/spec/training/batch_size")).isEqualTo("4");
    }

    @Test
    void changesNothingWhereItFits() {
        worker(planned(submit("")), 0);

        Answer job = submit("");

        assertThat(job.at("/memory_plan/device")).isEqualTo("cpu");
        assertThat(job.body().at("/memory_plan/device_bytes").asLong()).isEqualTo(planned(job));
        assertThat(job.body().at("/memory_plan/economies")).isEmpty();
    }

    @Test
    void countsWhatTheWorkerHasItselfAsThere() {
        long wanted = planned(submit(""));
        worker(wanted - GB / 4, GB / 4);

        assertThat(submit("").body().at("/memory_plan/economies")).isEmpty();
    }

    @Test
    void stepsDownUntilItFits() {
        long wanted = planned(submit(""));
        worker(wanted - 1, 0);

        Answer job = submit("");

        assertThat(planned(job)).isLessThan(wanted);
        assertThat(names(job)).containsExactly("gradient_checkpointing");
        assertThat(job.at("/memory_plan/economies/0/description")).startsWith("gradient checkpointing: ");
        assertThat(job.at("/spec/training/gradient_checkpointing")).isEqualTo("true");

        database.workers().free(planned(job) - 1);
        job = submit("");
        assertThat(names(job)).containsExactly("gradient_checkpointing", "batch_of_one");
        assertThat(job.at("/spec/training/batch_size")).isEqualTo("1");
        assertThat(job.at("/spec/training/gradient_accumulation")).isEqualTo("4");
    }

    @Test
    void neverChangesWhatTheRequestNames() {
        String named = ", \"gradient_checkpointing\": false, \"batch_size\": 4";
        worker(planned(submit("")) - 1, 0);

        Answer job = submit(named);

        assertThat(names(job)).containsExactly("eight_bit_optimizer");
        assertThat(job.at("/spec/training/gradient_checkpointing")).isEqualTo("false");
        assertThat(job.at("/spec/training/batch_size")).isEqualTo("4");
        assertThat(job.at("/spec/training/optimizer")).isEqualTo("adamw_8bit");
    }

    @Test
    void refusesWithTheNumbersWhatDoesNotFit() {
        int before = subjects();
        worker(GB / 10, 0);

        Answer refused = submit("");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.at("/code")).isEqualTo("plan_does_not_fit");
        assertThat(refused.at("/type")).isEqualTo("urn:likeness:problem:plan-does-not-fit");
        assertThat(refused.body().at("/device_bytes").asLong()).isEqualTo(GB / 10);
        List<Long> bytes = refused.body()
                .at("/plans")
                .valueStream()
                .map(plan -> plan.at("/planned_bytes").asLong())
                .toList();
        assertThat(bytes).hasSizeGreaterThan(3).isSortedAccordingTo((a, b) -> Long.compare(b, a));
        assertThat(refused.body().at("/plans/0/economies")).isEmpty();
        assertThat(refused.at("/plans/1/economies/0")).startsWith("gradient checkpointing: ");
        assertThat(refused.at("/detail"))
                .startsWith("The smallest plan needs ")
                .contains("a task can use 100 MB on the device cpu", "a device on which a task can use ");
        assertThat(subjects()).isEqualTo(before);
    }

    @Test
    void namesTheFieldThatPreventsAMemorySaving() {
        String batch = ", \"batch_size\": 4";
        worker(planned(submit(batch + ", \"gradient_checkpointing\": true")), 0);

        Answer refused = submit(batch + ", \"gradient_checkpointing\": false");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.at("/detail")).contains("omitting training.gradient_checkpointing from the spec");
    }

    @Test
    void plansForTheWorkerWithTheMostMemoryAmongThoseAlive() {
        long wanted = planned(submit(""));
        worker(GB / 10, 0);
        worker(wanted, 0);
        UUID silent = worker(20 * wanted, 0);
        database.workers().silence(silent, Duration.ofMinutes(1));

        Answer job = submit("");

        assertThat(job.status()).isEqualTo(202);
        assertThat(job.body().at("/memory_plan/device_bytes").asLong()).isEqualTo(wanted);
    }

    @Test
    void plansForNoWorkerWhoseEngineFailsItsCheck() {
        worker(GB / 10, 0);
        database.workers().failEngineChecks();

        Answer job = submit("");

        assertThat(job.status()).isEqualTo(202);
        assertThat(job.body().at("/memory_plan/device_bytes").isNull()).isTrue();
    }

    @Test
    void plansTheImagesOfAScoredStepAsOneBatch() {
        long eight = planned(submitScoring(6, 2));

        assertThat(planned(submitScoring(4, 4))).isEqualTo(eight);
        assertThat(planned(submitScoring(4, 2))).isLessThan(eight);
    }

    /** A job whose largest batch is the one that scores a step. */
    private Answer submitScoring(int subjectImages, int classImages) {
        return api.submit(Api.owl("""
                {"prior": {"enabled": false},
                 "evaluation": {"prompts": ["a {subject}"], "images_per_prompt": %d, "class_images": %d},
                 "sampling": {"prompts": ["a {subject}"], "images_per_prompt": 1, "width": 256, "height": 256}}""".formatted(subjectImages, classImages)));
    }

    private Answer submit(String training) {
        return api.submit(Api.owl(LARGE.formatted(training)));
    }

    private static long planned(Answer job) {
        return job.body().at("/memory_plan/planned_bytes").asLong();
    }

    private static List<String> names(Answer job) {
        return job.body()
                .at("/memory_plan/economies")
                .valueStream()
                .map((JsonNode economy) -> economy.at("/name").asString())
                .toList();
    }

    private UUID worker(long free, long held) {
        return database.workers().register("cpu", free, held);
    }

    private int subjects() {
        return database.rows("subject");
    }
}
