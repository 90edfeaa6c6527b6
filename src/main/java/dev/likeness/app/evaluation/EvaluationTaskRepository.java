package dev.likeness.app.evaluation;

import jakarta.persistence.LockModeType;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

public interface EvaluationTaskRepository extends Repository<EvaluationTask, UUID> {

    EvaluationTask saveAndFlush(EvaluationTask task);

    Optional<EvaluationTask> findById(UUID id);

    boolean existsById(UUID id);

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select t from EvaluationTask t where t.id = :id")
    Optional<EvaluationTask> findLockedById(UUID id);

    @Modifying
    @Query("delete from EvaluationTask t where t.id = :id")
    void deleteById(UUID id);
}
