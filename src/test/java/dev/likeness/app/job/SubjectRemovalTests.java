package dev.likeness.app.job;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.ApiTest;
import dev.likeness.app.TestDatabase;
import dev.likeness.app.caption.CaptionProgress;
import dev.likeness.app.caption.Captions;
import dev.likeness.app.subject.UnknownSubjectException;
import dev.likeness.app.task.Lease;
import dev.likeness.app.task.LeaseLostException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** A subject is deleted while another transaction is about to reference it. */
@ApiTest
@Timeout(60)
class SubjectRemovalTests {

    @Autowired
    TestDatabase database;

    @Autowired
    ApplicationContext context;

    @Autowired
    SubjectRemoval removal;

    @Autowired
    JobIntake intake;

    @Autowired
    Captions captions;

    @Autowired
    CaptionProgress progress;

    @Autowired
    TransactionTemplate transaction;

    UUID subject;

    @BeforeEach
    void makeASubject() {
        subject = new TestJobs(context).subject();
    }

    @Test
    void leavesNoJobWithoutItsSubject() {
        JobDraft draft = intake.draft("teapot", JsonMapper.shared().createObjectNode());

        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(whileItIsDeleted(() -> intake.submit(subject, draft))::join)
                .withCauseInstanceOf(UnknownSubjectException.class);
    }

    @Test
    void takesTheLeaseOfItsCaptionsWithIt() {
        UUID task =
                captions.submit(subject, JsonMapper.shared().createObjectNode()).id();
        Lease lease = progress.lease(task).orElseThrow().lease();

        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(whileItIsDeleted(() -> progress.succeed(lease, List.of()))::join)
                .withCauseInstanceOf(LeaseLostException.class);
    }

    private CompletableFuture<?> whileItIsDeleted(Runnable other) {
        CompletableFuture<?>[] waiting = new CompletableFuture<?>[1];
        transaction.executeWithoutResult(status -> {
            removal.delete(subject);
            waiting[0] = CompletableFuture.runAsync(other);
            await().until(() -> waitingForLocks() > 0);
        });
        return waiting[0];
    }

    private int waitingForLocks() {
        return database.blockedTransactions();
    }
}
