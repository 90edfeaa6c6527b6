package dev.likeness.app.job;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some jobs, newest first.
 *
 * @param older the place to go on from, or null if there are no older jobs
 * @param newer the place to go back from, or null if there are no newer jobs
 */
public record JobPage(
        List<Job> jobs, @Nullable JobPlace older, @Nullable JobPlace newer) {

    public JobPage {
        jobs = List.copyOf(jobs);
    }
}
