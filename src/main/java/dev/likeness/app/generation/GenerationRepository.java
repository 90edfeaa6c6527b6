package dev.likeness.app.generation;

import jakarta.persistence.LockModeType;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

public interface GenerationRepository extends Repository<Generation, UUID> {

    Generation saveAndFlush(Generation generation);

    Optional<Generation> findById(UUID id);

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select g from Generation g where g.id = :id")
    Optional<Generation> findLockedById(UUID id);

    @Query("select g.jobId from Generation g where g.id = :id")
    Optional<UUID> findJobId(UUID id);
}
