package dev.likeness.app.generation;

import dev.likeness.app.task.TaskRepository;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.KeysetScrollPosition;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Window;
import org.springframework.data.jpa.repository.Query;

public interface GenerationRepository extends TaskRepository<Generation> {

    Generation saveAndFlush(Generation generation);

    /** Generations of a job beyond a position, in its direction; newest first in both directions. */
    Window<Generation> findByJobIdOrderByCreatedAtDescIdDesc(UUID jobId, KeysetScrollPosition from, Limit limit);

    @Query("select g.jobId from Generation g where g.id = :id")
    Optional<UUID> findJobId(UUID id);
}
