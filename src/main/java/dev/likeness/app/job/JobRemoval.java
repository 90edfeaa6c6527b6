package dev.likeness.app.job;

import dev.likeness.app.artifact.ArtifactStore;
import dev.likeness.app.subject.Subjects;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Deletes a job with everything it made. Rows that hang on the job go with it; files go if nobody else refers to them. */
@Component
class JobRemoval {

    private final JobRepository jobs;
    private final GenerationRepository generations;
    private final Subjects subjects;
    private final JobQueue queue;
    private final ArtifactStore artifacts;
    private final JdbcClient jdbc;

    JobRemoval(
            JobRepository jobs,
            GenerationRepository generations,
            Subjects subjects,
            JobQueue queue,
            ArtifactStore artifacts,
            JdbcClient jdbc) {
        this.jobs = jobs;
        this.generations = generations;
        this.subjects = subjects;
        this.queue = queue;
        this.artifacts = artifacts;
        this.jdbc = jdbc;
    }

    void remove(Job job) {
        List<String> files = files(job.id());
        queue.remove(new JobTask(JobTask.Kind.JOB, job.id()));
        for (Generation generation : generations.findByJobId(job.id())) {
            queue.remove(new JobTask(JobTask.Kind.GENERATION, generation.id()));
        }
        jobs.deleteById(job.id());
        if (!jobs.existsBySubjectId(job.subjectId())) {
            subjects.delete(job.subjectId());
        }
        artifacts.release(files);
    }

    private List<String> files(UUID jobId) {
        return jdbc.sql("""
                        select file_sha256 from job_image where job_id = :id
                        union
                        select file_sha256 from checkpoint where job_id = :id
                        union
                        select file_sha256 from job_artifact where job_id = :id
                        """).param("id", jobId).query(String.class).list();
    }
}
