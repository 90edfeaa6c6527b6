package dev.likeness.app.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.ApiTest;
import dev.likeness.app.TestDatabase;
import dev.likeness.app.TestWorker;
import dev.likeness.app.artifact.StoredFile;
import dev.likeness.app.job.JobResults;
import dev.likeness.app.job.Jobs;
import dev.likeness.app.task.Lease;
import dev.likeness.app.task.LeaseLostException;
import dev.likeness.app.task.TaskStatus;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

@ApiTest
@Timeout(60)
class GenerationProgressTests {

    @Autowired
    TestWorker worker;

    @Autowired
    Jobs jobs;

    @Autowired
    Generations generations;

    @Autowired
    GenerationProgress progress;

    @Autowired
    JobResults results;

    @Autowired
    TestDatabase database;

    @Autowired
    TransactionTemplate transaction;

    UUID jobId;
    UUID id;

    @BeforeEach
    void submitGeneration() {
        jobId = worker.submit();
        worker.work(jobId);
        id = generations.submit(jobId, JsonMapper.shared().createObjectNode()).id();
    }

    @Test
    void keepsImagesUntilItSucceeds() {
        Lease lease = begin();
        progress.addImage(lease, TestWorker.image(worker.file("image of " + id), 0));
        progress.succeed(lease);

        assertThat(generations.get(id).status()).isEqualTo(TaskStatus.SUCCEEDED);
        assertThat(results.imagesOfGeneration(id)).hasSize(1);
    }

    @Test
    void leavesOutAScoreThatOnlyANewerReleaseKnows() {
        Lease lease = begin();
        progress.addScores(lease, List.of(TestWorker.score(0.646)));
        assertThat(results.scoresOfGeneration(id)).hasSize(1);

        database.jobs().replaceMetrics(jobId, "unheard_of");
        assertThat(results.scoresOfGeneration(id)).isEmpty();
    }

    @Test
    void losesItsLeaseAndNothingElseWhenTheJobIsDeletedUnderIt() {
        Lease lease = begin();
        StoredFile file = worker.file("image of " + id);
        CompletableFuture<?>[] adding = new CompletableFuture<?>[1];

        transaction.executeWithoutResult(status -> {
            database.jobs().lock(jobId);
            adding[0] = CompletableFuture.runAsync(() -> progress.addImage(lease, TestWorker.image(file, 0)));
            await().until(() -> database.blockedTransactions() > 0);
            jobs.delete(jobId);
        });

        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(adding[0]::join)
                .withCauseInstanceOf(LeaseLostException.class);
    }

    private Lease begin() {
        Lease lease = progress.lease(id).orElseThrow().lease();
        progress.start(lease);
        return lease;
    }
}
