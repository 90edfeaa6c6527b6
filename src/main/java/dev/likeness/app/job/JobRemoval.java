package dev.likeness.app.job;

import dev.likeness.app.artifact.ArtifactStore;
import dev.likeness.app.task.TaskQueue;
import dev.likeness.app.task.TaskRef;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Deletes a job with all of its results. Rows that reference the job are deleted too, also those of evaluations. Prior
 * images and files are deleted unless they are referenced elsewhere.
 */
@Component
class JobRemoval {

    private final List<JobUse> uses;
    private final PriorImages priorImages;
    private final SubjectRemoval subjects;
    private final TaskQueue queue;
    private final ArtifactStore artifacts;
    private final JdbcClient jdbc;

    JobRemoval(
            List<JobUse> uses,
            PriorImages priorImages,
            SubjectRemoval subjects,
            TaskQueue queue,
            ArtifactStore artifacts,
            JdbcClient jdbc) {
        this.uses = uses;
        this.priorImages = priorImages;
        this.subjects = subjects;
        this.queue = queue;
        this.artifacts = artifacts;
        this.jdbc = jdbc;
    }

    /** @throws JobInUseException if unfinished work of others needs its result */
    void remove(Job job) {
        UUID id = job.id();
        uses.forEach(use -> use.refuseRemoval(id));
        List<String> files = Stream.concat(files(id).stream(), uses.stream().flatMap(use -> use.files(id).stream()))
                .distinct()
                .toList();
        queue.remove(new TaskRef(TaskRef.Kind.JOB, id));
        uses.stream().flatMap(use -> use.tasks(id).stream()).forEach(queue::remove);
        priorImages.leave(id);
        subjects.removeWithItsJob(job);
        uses.forEach(JobUse::afterRemoval);
        artifacts.release(files);
    }

    private List<String> files(UUID jobId) {
        return jdbc.sql("""
                        select file_sha256 from job_image where job_id = :id
                        union
                        select exact_sha256 from job_image where job_id = :id and exact_sha256 is not null
                        union
                        select file_sha256 from checkpoint where job_id = :id
                        union
                        select file_sha256 from job_artifact where job_id = :id
                        """).param("id", jobId).query(String.class).list();
    }
}
