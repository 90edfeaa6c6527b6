package dev.likeness.app.evaluation;

import dev.likeness.app.task.TaskRepository;
import java.util.UUID;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

public interface EvaluationTaskRepository extends TaskRepository<EvaluationTask> {

    EvaluationTask saveAndFlush(EvaluationTask task);

    @Modifying
    @Query("delete from EvaluationTask t where t.id = :id")
    void deleteById(UUID id);
}
