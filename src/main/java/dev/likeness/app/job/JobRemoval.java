package dev.likeness.app.job;

import dev.likeness.app.artifact.ArtifactStore;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Deletes a job with everything it made. Rows that hang on the job go with it, also those of evaluations; prior images and
 * files go if nobody else has them.
 */
@Component
class JobRemoval {

    private final EvaluatedJobs evaluated;
    private final PriorImages priorImages;
    private final SubjectRemoval subjects;
    private final JobQueue queue;
    private final ArtifactStore artifacts;
    private final JdbcClient jdbc;

    JobRemoval(
            EvaluatedJobs evaluated,
            PriorImages priorImages,
            SubjectRemoval subjects,
            JobQueue queue,
            ArtifactStore artifacts,
            JdbcClient jdbc) {
        this.evaluated = evaluated;
        this.priorImages = priorImages;
        this.subjects = subjects;
        this.queue = queue;
        this.artifacts = artifacts;
        this.jdbc = jdbc;
    }

    /** @throws EvaluatedJobException if an unfinished evaluation draws with its result */
    void remove(Job job) {
        if (evaluated.areUnfinished(job.id())) {
            throw new EvaluatedJobException(job.id());
        }
        List<String> files = files(job.id());
        queue.remove(new JobTask(JobTask.Kind.JOB, job.id()));
        generations(job.id()).forEach(id -> queue.remove(new JobTask(JobTask.Kind.GENERATION, id)));
        priorImages.leave(job.id());
        subjects.removeWithItsJob(job);
        evaluated.dropEmpty();
        artifacts.release(files);
    }

    private List<UUID> generations(UUID jobId) {
        return jdbc.sql("select id from generation where job_id = ?")
                .param(jobId)
                .query(UUID.class)
                .list();
    }

    private List<String> files(UUID jobId) {
        return jdbc.sql("""
                        select file_sha256 from job_image where job_id = :id
                        union
                        select file_sha256 from checkpoint where job_id = :id
                        union
                        select file_sha256 from job_artifact where job_id = :id
                        union
                        select file_sha256 from evaluation_image where job_id = :id
                        """).param("id", jobId).query(String.class).list();
    }
}
