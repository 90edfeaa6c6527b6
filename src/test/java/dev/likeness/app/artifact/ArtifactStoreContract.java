package dev.likeness.app.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariDataSource;
import dev.likeness.app.artifact.StorageException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** What holds for files and their rows wherever the content is. */
@Timeout(60)
abstract class ArtifactStoreContract extends StoredFilesContract {

    /** The common pool may have one thread only, and what waits for each other needs two. */
    static final Executor THREADS = task -> new Thread(task, "file-keeper").start();

    @Autowired
    HikariDataSource dataSource;

    @Autowired
    TransactionTemplate transaction;

    /** Of no other test. */
    final String content = UUID.randomUUID().toString();

    @Test
    void keepsARowWithAFile() {
        StoredFile file = put();

        assertThat(rows(file)).isOne();
        assertThat(store.local(file.sha256())).hasContent(content);
    }

    @Test
    void takesAFileBackWhenTheTransactionIsRolledBack() {
        StoredFile[] file = new StoredFile[1];
        transaction.executeWithoutResult(status -> {
            file[0] = put();
            status.setRollbackOnly();
        });

        assertGone(file[0]);
    }

    @Test
    void keepsAFileThatWasThereBeforeTheTransactionWasRolledBack() {
        StoredFile file = put();
        use(file);

        transaction.executeWithoutResult(status -> {
            put();
            status.setRollbackOnly();
        });

        assertThat(store.local(file.sha256())).hasContent(content);
    }

    @Test
    void deletesAReleasedFile() {
        StoredFile file = put();

        store.release(List.of(file.sha256()));

        assertGone(file);
    }

    @Test
    void keepsAReleasedFileThatIsStillInUse() {
        StoredFile file = put();
        use(file);

        store.release(List.of(file.sha256()));

        assertThat(rows(file)).isOne();
        assertThat(store.local(file.sha256())).hasContent(content);
    }

    @Test
    void releasesAFileOnlyWhenTheTransactionHasEnded() {
        StoredFile file = put();

        transaction.executeWithoutResult(status -> {
            store.release(List.of(file.sha256()));
            assertThat(store.local(file.sha256())).hasContent(content);
        });

        assertGone(file);
    }

    @Test
    void releasesFilesOfAsManyTransactionsAsThereAreConnections() {
        // One connection listens for notifications.
        int connections = dataSource.getMaximumPoolSize() - 1;
        List<StoredFile> files = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            files.add(put(content + i));
        }
        CountDownLatch connected = new CountDownLatch(connections);

        ExecutorService threads = Executors.newFixedThreadPool(connections);
        files.forEach(file -> threads.execute(() -> transaction.executeWithoutResult(status -> {
            store.release(List.of(file.sha256()));
            rows(file);
            connected.countDown();
            await(connected);
        })));
        threads.shutdown();

        files.forEach(this::assertGone);
    }

    @Test
    void writesAFileAgainThatIsReleasedBetweenItsWritingAndItsRow() throws ExecutionException, InterruptedException {
        StoredFile file = put();
        List<CompletableFuture<StoredFile>> keeper = new ArrayList<>();

        transaction.executeWithoutResult(status -> {
            database().files().lock(file.sha256());
            keeper.add(CompletableFuture.supplyAsync(this::put, THREADS));
            Awaitility.await().until(() -> database().blockedTransactions() > 0);
            database().files().delete(file.sha256());
            store.contents().delete(file.sha256());
        });

        assertThat(keeper.get(0).get()).isEqualTo(file);
        assertThat(rows(file)).isOne();
        assertThat(store.local(file.sha256())).hasContent(content);
    }

    @Test
    void keepsAFileThatIsReleasedWhileAnotherProcessStoresItAgain() throws ExecutionException, InterruptedException {
        StoredFile file = put();
        CountDownLatch kept = new CountDownLatch(1);
        CountDownLatch releasing = new CountDownLatch(1);
        CompletableFuture<Void> keeper = CompletableFuture.runAsync(
                () -> transaction.executeWithoutResult(status -> {
                    put();
                    kept.countDown();
                    await(releasing);
                    use(file);
                }),
                THREADS);
        kept.await();
        CompletableFuture<Void> releaser = CompletableFuture.runAsync(
                () -> {
                    releasing.countDown();
                    store.release(List.of(file.sha256()));
                },
                THREADS);

        keeper.get();
        releaser.get();

        assertThat(rows(file)).isOne();
        assertThat(store.local(file.sha256())).hasContent(content);
    }

    private StoredFile put() {
        return put(content);
    }

    private void assertGone(StoredFile file) {
        Awaitility.await().until(() -> rows(file) == 0);
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> store.local(file.sha256()))
                .satisfies(it -> assertThat(it.reason()).isEqualTo(Reason.MISSING));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
