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
 * Files with their rows, wherever their content is. A file's row is the file's lock: both {@link #put} and
 * {@link #release} write the row before they decide about the content, so a file that is being kept anew cannot be deleted
 * under its keeper.
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

    /** Not the thread whose transaction has just ended: that one still holds a connection, and would need another. */
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
                // Deleted between the rename and the row by somebody who released the last use of equal content. From
                // the row on nobody does, so it is written again; a writer that writes something else is beyond help.
                throw new StorageException(Reason.NOT_WRITTEN, "a file was deleted while it was kept again", null);
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

    /** Whichever way the transaction ends: what is in use then, its rows protect. */
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
            log.debug("left to the next sweep: {}", sha256s);
        }
    }

    /** What stays behind when this fails is a file too many, never one too few: logged, not thrown. */
    void releaseNow(String sha256) {
        try {
            separate.executeWithoutResult(status -> {
                // Whoever is keeping the same content is waited for: by the insert if its row is new, else by the
                // delete.
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
            // Somebody may have deleted the row between the two.
        } while (!shareRow(file.sha256()));
    }

    /** A shared lock: others may keep the same content meanwhile, nobody may delete it. */
    private boolean shareRow(String sha256) {
        return jdbc.sql("select sha256 from stored_file where sha256 = ? for key share")
                .param(sha256)
                .query(String.class)
                .optional()
                .isPresent();
    }

    /** Those of the files that have no row. */
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

    /** What is not released by then is left to the next sweep. */
    @Override
    public void close() {
        releases.shutdown();
        try {
            if (!releases.awaitTermination(10, TimeUnit.SECONDS)) {
                log.info("Some files that nobody uses stay until the next sweep");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
