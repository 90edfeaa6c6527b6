package dev.likeness.app.job;

import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface CheckpointRepository extends Repository<KeptCheckpoint, KeptCheckpoint.Id> {

    KeptCheckpoint save(KeptCheckpoint checkpoint);

    @Query("select c from KeptCheckpoint c where c.id.jobId = :jobId and c.id.kind = :kind order by c.id.step desc")
    List<KeptCheckpoint> findNewestFirst(UUID jobId, CheckpointKind kind);

    @Query("select c.fileSha256 from KeptCheckpoint c where c.id.jobId = :jobId and c.id.kind = :kind")
    List<String> findFiles(UUID jobId, CheckpointKind kind);

    @Query("""
            select c.fileSha256 from KeptCheckpoint c
            where c.id.jobId = :jobId and c.id.kind = :kind and c.id.step = :step
            """)
    List<String> findFiles(UUID jobId, CheckpointKind kind, int step);

    @Modifying
    @Query("delete from KeptCheckpoint c where c.id.jobId = :jobId and c.id.kind = :kind")
    void deleteAll(UUID jobId, CheckpointKind kind);

    @Modifying
    @Query("delete from KeptCheckpoint c where c.id.jobId = :jobId and c.id.kind = :kind and c.id.step = :step")
    void deleteAt(UUID jobId, CheckpointKind kind, int step);
}
