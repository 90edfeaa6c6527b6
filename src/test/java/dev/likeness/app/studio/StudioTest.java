package dev.likeness.app.studio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api;
import dev.likeness.app.ApiTest;
import dev.likeness.app.TestWorker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/**
 * A test of the studio in a browser, with a real server and database, and without a worker. It starts without jobs. An
 * error in the console fails it.
 */
@ApiTest
public abstract class StudioTest {

    @Autowired
    protected Api api;

    @Autowired
    protected TestWorker worker;

    protected StudioJobs jobs;

    protected final StudioBrowser browser = StudioBrowser.shared();

    @BeforeEach
    void start(@Autowired ApplicationContext context) {
        worker.clear();
        jobs = new StudioJobs(context);
        browser.reset(api.root());
    }

    @AfterEach
    void theConsoleHasNoErrors() {
        assertThat(browser.errors()).isEmpty();
    }

    /** Opens a place of the studio, such as {@code /jobs/ID}. */
    protected void open(String place) {
        browser.open(api.root() + "/#" + place);
    }
}
