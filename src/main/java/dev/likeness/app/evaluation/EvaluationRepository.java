package dev.likeness.app.evaluation;

import dev.likeness.app.task.TaskRepository;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

public interface EvaluationRepository extends TaskRepository<Evaluation>, JpaSpecificationExecutor<Evaluation> {

    Evaluation saveAndFlush(Evaluation task);

    @Modifying
    @Query("delete from Evaluation e where e.id = :id")
    void deleteById(UUID id);
}
