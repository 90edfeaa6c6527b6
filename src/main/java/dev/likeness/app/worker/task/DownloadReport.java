package dev.likeness.app.worker.task;

import dev.likeness.app.hub.DownloadWatch;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports a download at every tenth, and stops it with its task. */
public final class DownloadReport implements DownloadWatch {

    private static final Logger log = LoggerFactory.getLogger(DownloadReport.class);
    private static final Duration BETWEEN_CHECKS = Duration.ofSeconds(1);
    private static final int PARTS = 10;
    private static final long MEGABYTE = 1 << 20;

    private final TaskControl control;
    private final Consumer<String> lines;
    private final LongSupplier nanos;
    private long checked;
    private String repository = "";
    private long told;

    /** @param lines receives each line of the report */
    public DownloadReport(TaskControl control, Consumer<String> lines) {
        this(control, lines, System::nanoTime);
    }

    public DownloadReport(TaskControl control, Consumer<String> lines, LongSupplier nanos) {
        this.control = control;
        this.lines = lines;
        this.nanos = nanos;
        this.checked = nanos.getAsLong();
    }

    /** Reports to the log only. */
    public DownloadReport(TaskControl control) {
        this(control, line -> {});
    }

    @Override
    public void check() {
        long now = nanos.getAsLong();
        if (now - checked >= BETWEEN_CHECKS.toNanos()) {
            checked = now;
            control.check();
        }
    }

    @Override
    public void waiting(String repository) {
        tell("waiting for another process that downloads " + repository);
    }

    @Override
    public void progress(String repository, long bytes, long total) {
        long part = total == 0 ? PARTS : bytes * PARTS / total;
        boolean another = !repository.equals(this.repository);
        if (another || part > told) {
            this.repository = repository;
            told = part;
            tell("downloading %s: %d of %d MB".formatted(repository, bytes / MEGABYTE, total / MEGABYTE));
        }
    }

    @Override
    public void complete(String repository, String commit) {
        tell("downloaded %s at commit %s".formatted(repository, commit));
    }

    private void tell(String line) {
        log.info("{}", line);
        lines.accept(line);
    }
}
