package dev.likeness.app.worker;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Ends a supervised worker when its parent process has ended: the pipe at standard input then reaches its end. The
 * shutdown that follows saves the current task and returns it to the queue.
 */
@InWorker
@Component
class ParentWatch {

    private static final Logger log = LoggerFactory.getLogger(ParentWatch.class);

    private final WorkerSettings settings;

    ParentWatch(WorkerSettings settings) {
        this.settings = settings;
    }

    @EventListener(ApplicationReadyEvent.class)
    void watch() {
        if (settings.supervised()) {
            Thread thread = new Thread(this::awaitEnd, "parent-watch");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void awaitEnd() {
        try {
            while (System.in.read() >= 0) {
                // The parent never writes.
            }
        } catch (IOException e) {
            log.debug("Standard input is broken", e);
        }
        log.warn("The process that started this worker has ended: shutting down");
        System.exit(0);
    }
}
