package dev.likeness.app.web.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.likeness.app.ApiTest;
import dev.likeness.app.TestWorker;
import dev.likeness.app.job.Job;
import dev.likeness.app.job.Jobs;
import dev.likeness.app.task.UnknownIdException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

@ApiTest
class JobViewsTests {

    @Autowired
    JobViews views;

    @Autowired
    Jobs jobs;

    @Autowired
    TestWorker worker;

    @BeforeEach
    void beginRequest() {
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(new MockHttpServletRequest()));
    }

    @AfterEach
    void endRequest() {
        RequestContextHolder.resetRequestAttributes();
    }

    @Test
    void leaveOutAJobThatIsDeletedWhileTheyAreGathered() {
        Job gone = jobs.get(worker.submit());
        Job there = jobs.get(worker.submit());
        jobs.delete(gone.id());

        assertThat(views.of(List.of(gone, there)))
                .extracting(it -> it.header().id())
                .containsExactly(there.id());
        assertThatExceptionOfType(UnknownIdException.class).isThrownBy(() -> views.of(gone));
    }
}
