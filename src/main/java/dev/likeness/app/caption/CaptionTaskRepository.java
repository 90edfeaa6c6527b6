package dev.likeness.app.caption;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

public interface CaptionTaskRepository extends Repository<CaptionTask, UUID> {

    CaptionTask save(CaptionTask task);

    Optional<CaptionTask> findById(UUID id);

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select t from CaptionTask t where t.id = :id")
    Optional<CaptionTask> findLockedById(UUID id);

    @Query("select t.subjectId from CaptionTask t where t.id = :id")
    Optional<UUID> findSubjectId(UUID id);

    @Query("select t.id from CaptionTask t where t.subjectId = :subjectId")
    List<UUID> findIds(UUID subjectId);
}
