package dev.likeness.app.generation;

import dev.likeness.app.task.TaskRepository;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.jpa.repository.Query;

public interface GenerationRepository extends TaskRepository<Generation>, JpaSpecificationExecutor<Generation> {

    Generation saveAndFlush(Generation generation);

    @Query("select g.jobId from Generation g where g.id = :id")
    Optional<UUID> findJobId(UUID id);
}
