package dev.likeness.app.job;

import dev.likeness.app.artifact.ArtifactStore;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Deletes a job with everything it made. Rows that hang on the job go with it, also those of evaluations; files go if nobody else refers to them. */
@Component
class JobRemoval {

    private final GenerationRepository generations;
    private final EvaluatedJobs evaluated;
    private final SubjectRemoval subjects;
    private final JobQueue queue;
    private final ArtifactStore artifacts;
    private final JdbcClient jdbc;

    JobRemoval(
            GenerationRepository generations,
            EvaluatedJobs evaluated,
            SubjectRemoval subjects,
            JobQueue queue,
            ArtifactStore artifacts,
            JdbcClient jdbc) {
        this.generations = generations;
        this.evaluated = evaluated;
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
        for (Generation generation : generations.findByJobId(job.id())) {
            queue.remove(new JobTask(JobTask.Kind.GENERATION, generation.id()));
        }
        subjects.removeWithItsJob(job);
        evaluated.dropEmpty();
        artifacts.release(files);
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
