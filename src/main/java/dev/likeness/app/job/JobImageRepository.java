package dev.likeness.app.job;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface JobImageRepository extends Repository<JobImage, UUID> {

    JobImage save(JobImage image);

    Optional<JobImage> findById(UUID id);

    List<JobImage> findByJobIdInAndGenerationIdIsNull(Collection<UUID> jobIds);

    List<JobImage> findByGenerationIdInOrderByPosition(Collection<UUID> generationIds);

    @Query("""
            select i from JobImage i where i.jobId = :jobId and i.role = :role and i.step = :step
            and i.position = :position
            and (i.generationId = :generationId or i.generationId is null and :generationId is null)
            """)
    Optional<JobImage> findAt(UUID jobId, @Nullable UUID generationId, ImageRole role, int step, int position);

    @Query("select i.fileSha256 from JobImage i where i.jobId = :jobId and i.role in :roles and i.step > 0")
    List<String> findTrained(UUID jobId, Collection<ImageRole> roles);

    @Modifying
    @Query("delete from JobImage i where i.jobId = :jobId and i.role in :roles and i.step > 0")
    void deleteTrained(UUID jobId, Collection<ImageRole> roles);

    @Query("""
            select i.exactSha256 from JobImage i where i.jobId = :jobId and i.exactSha256 is not null
            and (i.generationId = :generationId or i.generationId is null and :generationId is null)
            """)
    List<String> findExact(UUID jobId, @Nullable UUID generationId);

    @Modifying
    @Query("""
            update JobImage i set i.exactSha256 = null where i.jobId = :jobId and i.exactSha256 is not null
            and (i.generationId = :generationId or i.generationId is null and :generationId is null)
            """)
    void forgetExact(UUID jobId, @Nullable UUID generationId);

    @Modifying
    @Query("delete from JobImage i where i.id = :id")
    void deleteById(UUID id);
}
