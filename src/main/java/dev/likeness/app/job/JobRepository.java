package dev.likeness.app.job;

import dev.likeness.app.task.TaskRepository;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.jpa.repository.Query;

public interface JobRepository extends TaskRepository<Job>, JpaSpecificationExecutor<Job> {

    /**
     * Positions of waiting jobs, 1 for the next one.
     *
     * @param line number of waiting jobs to examine
     */
    @NativeQuery("""
            select id, place from (
                select id, row_number() over (order by waits, id) as place from (
                    select id, coalesce(queue_place, queued_at) as waits from job where status = 'queued'
                    order by waits, id limit :line) as line) as q
            where id in (:ids)
            """)
    List<QueuePlace> findQueuePlaces(Collection<UUID> ids, int line);

    /** Numbers of jobs of those subjects that have any. */
    @NativeQuery("select subject_id as id, count(*) as jobs from job where subject_id in (:ids) group by subject_id")
    List<SubjectJobs> countBySubject(Collection<UUID> ids);

    boolean existsByBaseJobId(UUID jobId);

    boolean existsBySubjectId(UUID subjectId);

    boolean existsByModel(String model);

    @Modifying
    @Query("delete from Job j where j.id = :id")
    void deleteById(UUID id);

    record QueuePlace(UUID id, long place) {}

    record SubjectJobs(UUID id, long jobs) {}
}
