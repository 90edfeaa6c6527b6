package dev.likeness.app.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api;
import dev.likeness.app.ApiTest;
import dev.likeness.app.TestDatabase;
import dev.likeness.app.TestWorker;
import dev.likeness.app.job.JobProgress;
import dev.likeness.app.job.LeasedJob;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** API processes and workers of different releases at the same time. Each reads what the other has written. */
@ApiTest
class NewerTasksTests {

    @Autowired
    Api api;

    @Autowired
    TestWorker worker;

    @Autowired
    NewerTasks newer;

    @Autowired
    JobProgress progress;

    @Autowired
    TestDatabase database;

    @Test
    void nameWhatThisReleaseDoesNotKnow() {
        UUID job = stored("""
                jsonb_set(jsonb_set(spec, '{training,teacher}', '"ema"'), '{control}', '{"edges": {"weight": 0.5, "blur": 0}}')
                """);

        assertThat(newer.unknownSettings(new TaskRef(TaskRef.Kind.JOB, job)))
                .containsExactlyInAnyOrder("training.teacher", "control.edges.weight");
    }

    @Test
    void nameValuesThatThisReleaseCannotRead() {
        UUID job = stored("jsonb_set(spec, '{training,steps}', '\"as many as it takes\"')");

        assertThat(newer.unknownSettings(new TaskRef(TaskRef.Kind.JOB, job)))
                .singleElement()
                .asString()
                .contains("steps");
        database.jobs().delete(job);
    }

    @Test
    void nameConstantsThatThisReleaseDoesNotKnow() {
        UUID job = stored("jsonb_set(spec, '{sampling,sampler}', '\"unheard_of\"')");

        assertThat(newer.unknownSettings(new TaskRef(TaskRef.Kind.JOB, job)))
                .singleElement()
                .asString()
                .contains("sampler");
        database.jobs().delete(job);
    }

    @Test
    void areThoseThatAskForSomething() {
        UUID job = stored("""
                jsonb_set(spec, '{training}', spec -> 'training' ||
                    '{"teacher": null, "cropping": false, "decay": 0.0, "mask": "", "layers": [], "control": {"weight": 0}}')
                """);

        assertThat(newer.unknownSettings(new TaskRef(TaskRef.Kind.JOB, job))).isEmpty();
    }

    @Test
    void areNotThoseOfAnOlderRelease() {
        UUID job = stored("spec #- '{training,snr_gamma}' #- '{training,random_flip}'");

        assertThat(newer.unknownSettings(new TaskRef(TaskRef.Kind.JOB, job))).isEmpty();
        LeasedJob leased = progress.lease(job).orElseThrow();
        assertThat(leased.spec().training().snrGamma()).isZero();
        assertThat(leased.spec().training().randomFlip()).isFalse();
    }

    @Test
    void areShownAsFarAsTheyAreKnown() {
        UUID job = stored("jsonb_set(spec, '{training,teacher}', '\"ema\"')");

        Api.Answer answer = api.get("/v1/jobs/" + job);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).doesNotContain("teacher");
    }

    @Test
    void keepTheirSettingsWhenThisReleaseChangesThem() {
        UUID job = stored("jsonb_set(spec, '{training,teacher}', '\"ema\"')");

        assertThat(api.post("/v1/jobs/%s/cancel".formatted(job)).status()).isEqualTo(200);

        assertThat(newer.unknownSettings(new TaskRef(TaskRef.Kind.JOB, job))).containsExactly("training.teacher");
    }

    @Test
    void areGoneWithTheirJob() {
        assertThat(newer.unknownSettings(new TaskRef(TaskRef.Kind.JOB, UUID.randomUUID())))
                .isEmpty();
    }

    /** @param spec SQL expression that changes the submitted spec */
    private UUID stored(String spec) {
        UUID job = worker.submit();
        database.jobs().changeSpec(job, spec);
        return job;
    }
}
