package dev.likeness.app.evaluation;

import dev.likeness.app.task.TaskRepository;
import java.util.UUID;
import org.springframework.data.domain.KeysetScrollPosition;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Window;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

public interface EvaluationRepository extends TaskRepository<Evaluation> {

    Evaluation saveAndFlush(Evaluation task);

    /** Evaluations beyond a position, in its direction; newest first in both directions. */
    Window<Evaluation> findAllByOrderByCreatedAtDescIdDesc(KeysetScrollPosition from, Limit limit);

    @Modifying
    @Query("delete from Evaluation e where e.id = :id")
    void deleteById(UUID id);
}
