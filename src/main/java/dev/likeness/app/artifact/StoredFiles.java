package dev.likeness.app.artifact;

import dev.likeness.app.artifact.StorageException.Reason;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.Resource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Files with their rows, for any kind of storage. A file's row is its lock: {@link #put} and {@link #release} write the
 * row before they decide about the content. So a file that is being stored again cannot be deleted at the same time.
 */
@Component
class StoredFiles implements ArtifactStore, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(StoredFiles.class);

    private static final int BATCH = 1_000;

    private final Contents contents;
    private final JdbcClient jdbc;
    private final TransactionTemplate joining;
    private final TransactionTemplate separate;
    private final Clock clock;

    /**
     * A separate thread, because the thread whose transaction has just ended still holds a connection and would need
     * another one.
     */
    private final ExecutorService releases = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "file-release");
        thread.setDaemon(true);
        return thread;
    });

    StoredFiles(Contents contents, JdbcClient jdbc, PlatformTransactionManager transactions, Clock clock) {
        this.contents = contents;
        this.jdbc = jdbc;
        this.joining = new TransactionTemplate(transactions);
        this.separate = new TransactionTemplate(transactions);
        this.separate.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.clock = clock;
    }

    @Override
    public StoredFile put(String mediaType, Writer writer) {
        StoredFile file = contents.write(mediaType, writer);
        joining.executeWithoutResult(status -> {
            releaseUnlessCommitted(file.sha256());
            insertOrShareRow(file);
            if (!contents.contains(file.sha256())
                    && !contents.write(mediaType, writer).equals(file)) {
                // Another process deleted it between the rename and the row, when it released the last use of equal
                // content. The row now prevents that, so the file is written again. A writer with different output
                // fails.
                throw new StorageException(Reason.NOT_WRITTEN, "a file was deleted while it was stored again", null);
            }
        });
        return file;
    }

    @Override
    public InputStream open(String sha256) {
        return contents.open(sha256);
    }

    @Override
    public byte[] bytes(String sha256) {
        return contents.bytes(sha256);
    }

    @Override
    public Path local(String sha256) {
        return contents.local(sha256);
    }

    @Override
    public Resource resource(String sha256) {
        return contents.resource(sha256);
    }

    @Override
    public void release(Collection<String> sha256s) {
        List<String> files = sha256s.stream().distinct().sorted().toList();
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            releaseWhenEnded(files);
        } else {
            files.forEach(this::releaseNow);
        }
    }

    private void releaseUnlessCommitted(String sha256) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                if (status != STATUS_COMMITTED) {
                    releaseSoon(List.of(sha256));
                }
            }
        });
    }

    /** Runs for commit and rollback: rows protect the files that are in use then. */
    private void releaseWhenEnded(List<String> sha256s) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                releaseSoon(sha256s);
            }
        });
    }

    private void releaseSoon(List<String> sha256s) {
        try {
            releases.execute(() -> sha256s.forEach(this::releaseNow));
        } catch (RejectedExecutionException e) {
            log.debug("deleted by the next sweep: {}", sha256s);
        }
    }

    /** A failure leaves an unused file and never deletes a used one, so it is logged and not thrown. */
    void releaseNow(String sha256) {
        try {
            separate.executeWithoutResult(status -> {
                // This waits for a process that is storing the same content: the insert if its row is new, otherwise
                // the delete.
                insertOrShareRow(new StoredFile(sha256, 0, ""));
                jdbc.sql("delete from stored_file where sha256 = ?")
                        .param(sha256)
                        .update();
                contents.delete(sha256);
            });
        } catch (DataIntegrityViolationException e) {
            log.debug("file {} is still in use", sha256);
        } catch (RuntimeException e) {
            log.warn("file {} could not be deleted", sha256, e);
        }
    }

    private void insertOrShareRow(StoredFile file) {
        do {
            jdbc.sql("""
                            insert into stored_file (sha256, size, media_type, created_at) values (?, ?, ?, ?)
                            on conflict (sha256) do nothing
                            """)
                    .params(file.sha256(), file.size(), file.mediaType(), Timestamp.from(clock.instant()))
                    .update();
            // Another transaction may have deleted the row between the two statements.
        } while (!shareRow(file.sha256()));
    }

    /** A shared lock: other transactions may store the same content meanwhile, and none may delete it. */
    private boolean shareRow(String sha256) {
        return jdbc.sql("select sha256 from stored_file where sha256 = ? for key share")
                .param(sha256)
                .query(String.class)
                .optional()
                .isPresent();
    }

    /** The files among these without a row. */
    List<String> withoutRow(List<String> files) {
        Set<String> known = new HashSet<>();
        for (int from = 0; from < files.size(); from += BATCH) {
            known.addAll(jdbc.sql("select sha256 from stored_file where sha256 in (:files)")
                    .param("files", files.subList(from, Math.min(from + BATCH, files.size())))
                    .query(String.class)
                    .list());
        }
        return files.stream().filter(file -> !known.contains(file)).toList();
    }

    Contents contents() {
        return contents;
    }

    /** The next sweep deletes the files that are not released by then. */
    @Override
    public void close() {
        releases.shutdown();
        try {
            if (!releases.awaitTermination(10, TimeUnit.SECONDS)) {
                log.info("Some unused files stay until the next sweep");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
