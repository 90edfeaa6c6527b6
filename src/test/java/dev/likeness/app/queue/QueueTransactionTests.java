package dev.likeness.app.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.job.TestTasks;
import dev.likeness.app.task.TaskRef;
import dev.likeness.app.task.TaskRef.Kind;
import dev.likeness.app.task.TaskStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

/** Tasks that transactions enqueue and remove at the same time. */
class QueueTransactionTests extends QueueTest {

    @Test
    void enqueuesWithTheCallersTransactionOrNotAtAll() {
        TaskRef task = new TaskRef(Kind.JOB, UUID.randomUUID());

        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            queue.enqueue(task);
            status.setRollbackOnly();
        });
        assertThat(database.tasks()).isZero();

        new TransactionTemplate(transactions).executeWithoutResult(status -> queue.enqueue(task));
        assertThat(database.tasks()).isEqualTo(1);
    }

    @Test
    void removesAWaitingTaskAndLeavesALeasedOneAlone() throws Exception {
        TaskRef task = new TaskRef(Kind.JOB, UUID.randomUUID());
        queue.enqueue(task);
        queue.remove(task);
        queue.remove(task);
        assertThat(database.tasks()).isZero();

        queue.enqueue(task);
        CountDownLatch release = new CountDownLatch(1);
        consumer((each, leaving) -> {
            release.await();
            return TaskHandler.Outcome.DONE;
        });
        await().until(() -> database.leasedTasks() == 1);
        queue.remove(task);
        assertThat(database.tasks()).isEqualTo(1);
        release.countDown();
    }

    @Test
    void leavesATaskAloneThatIsLeasedAtTheSameMoment() throws Exception {
        TaskRef task = new TaskRef(Kind.JOB, UUID.randomUUID());
        queue.enqueue(task);
        CompletableFuture<Integer> canceled = new CompletableFuture<>();

        transaction().executeWithoutResult(status -> {
            database.leaseAll("it");
            canceled.completeAsync(() -> transaction().execute(other -> {
                queue.remove(task);
                // What else the caller's transaction does is not lost.
                return database.one();
            }));
            awaitAnotherThatWaits();
        });

        assertThat(canceled.get(10, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(database.leasedTasks()).isEqualTo(1);
    }

    @Test
    void cancelsAndDeletesAtWhateverMomentAWorkerTakesTheTask() throws Exception {
        cancelsAndDeletes(400);
    }

    @Test
    @Tag("load")
    void cancelsAndDeletesTwoThousandTasks() throws Exception {
        cancelsAndDeletes(2_000);
    }

    @Test
    void letsTwoTransactionsEnqueueATaskAtOnce() throws Exception {
        TaskRef task = new TaskRef(Kind.JOB, UUID.randomUUID());

        assertThat(enqueueWhileAnotherDoes(task, queue::enqueue, false)).isEqualTo(1);
        assertThat(database.tasks()).isEqualTo(1);
    }

    @Test
    void letsATransactionEnqueueATaskThatIsBeingRestored() throws Exception {
        TaskRef task = new TaskRef(Kind.JOB, UUID.randomUUID());

        assertThat(enqueueWhileAnotherDoes(task, it -> queue.restore(it, Instant.now(), Instant.now()), false))
                .isEqualTo(1);
        assertThat(database.tasks()).isEqualTo(1);
    }

    @Test
    void enqueuesATaskThatAnotherTransactionHasEnqueuedInVain() throws Exception {
        TaskRef task = new TaskRef(Kind.JOB, UUID.randomUUID());

        assertThat(enqueueWhileAnotherDoes(task, queue::enqueue, true)).isEqualTo(1);
        assertThat(database.tasks()).isEqualTo(1);
    }

    private void cancelsAndDeletes(int calls) throws Exception {
        database.clear("evaluation", "caption_task", "job");
        TestTasks tasks = new TestTasks(context);
        consumer((task, leaving) -> TaskHandler.Outcome.DONE);
        int clients = 4;
        List<CompletableFuture<Void>> done = new ArrayList<>();
        for (int client = 0; client < clients; client++) {
            SplittableRandom random = new SplittableRandom(client);
            done.add(CompletableFuture.runAsync(() -> {
                for (int call = 0; call < calls / clients; call++) {
                    Kind kind = Kind.values()[call % Kind.values().length];
                    TaskRef task = tasks.submit(kind);
                    LockSupport.parkNanos(random.nextLong(4_000_000));
                    if ((kind == Kind.JOB || kind == Kind.EVALUATION) && random.nextBoolean()) {
                        tasks.delete(task);
                    } else {
                        assertThat(tasks.cancel(task)).isEqualTo(TaskStatus.CANCELED);
                    }
                }
            }));
        }
        CompletableFuture.allOf(done.toArray(CompletableFuture[]::new)).get(5, TimeUnit.MINUTES);

        assertThat(tasks.waiting()).isZero();
        await().until(() -> database.tasks() == 0);
    }

    /** @return what the second transaction reads after it has enqueued the task */
    private int enqueueWhileAnotherDoes(TaskRef task, Consumer<TaskRef> other, boolean inVain) throws Exception {
        CompletableFuture<Integer> second = new CompletableFuture<>();
        transaction().executeWithoutResult(status -> {
            other.accept(task);
            second.completeAsync(() -> transaction().execute(mine -> {
                queue.enqueue(task);
                return database.one();
            }));
            awaitAnotherThatWaits();
            if (inVain) {
                status.setRollbackOnly();
            }
        });
        return second.get(10, TimeUnit.SECONDS);
    }

    private void awaitAnotherThatWaits() {
        await().until(() -> database.blockedTransactions() == 1);
    }

    private TransactionTemplate transaction() {
        return new TransactionTemplate(transactions);
    }
}
