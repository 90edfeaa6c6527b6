package dev.likeness.app.job;

import dev.likeness.app.TestDatabase;
import dev.likeness.app.artifact.StoredFile;
import dev.likeness.app.memory.JobMemory;
import dev.likeness.app.picture.StoredImage;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.spec.TestSpec;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;

/** Inserts jobs into the database for tests. */
public final class TestJobs {

    private final JobRepository jobs;
    private final TestDatabase database;

    private final Clock clock;

    public TestJobs(ApplicationContext context) {
        this.jobs = context.getBean(JobRepository.class);
        this.database = TestDatabase.of(context);
        this.clock = context.getBean(Clock.class);
    }

    /** A subject without pictures. */
    public UUID subject() {
        return database.subject("teapot", clock.instant());
    }

    public UUID job() {
        return job(subject(), spec());
    }

    public UUID job(UUID subject, JobSpec spec) {
        return job(subject, spec, null);
    }

    public UUID job(UUID subject, JobSpec spec, @Nullable JobMemory memory) {
        return jobs.save(new Job(subject, new JobDraft("teapot", spec, memory), List.of(), clock.instant()))
                .id();
    }

    /** An image that is not in a database. */
    public static JobImage image(ImageRole role, int step, int position, String sha256) {
        StoredFile file = new StoredFile(sha256, 1, "image/png");
        return new JobImage(
                UUID.randomUUID(),
                null,
                new NewImage(role, position, StoredImage.png(file), 64, 64, null, step),
                Instant.EPOCH);
    }

    public Job get(UUID id) {
        return jobs.findById(id).orElseThrow();
    }

    /** Small and quick. */
    public static JobSpec spec() {
        return TestSpec.small().spec();
    }
}
