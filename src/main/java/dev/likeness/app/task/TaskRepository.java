package dev.likeness.app.task;

import jakarta.persistence.LockModeType;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.NoRepositoryBean;
import org.springframework.data.repository.Repository;

/** Rows of one kind of task. */
@NoRepositoryBean
public interface TaskRepository<T extends Task> extends Repository<T, UUID> {

    /** Also publishes the events that the task has registered. */
    T save(T task);

    Optional<T> findById(UUID id);

    boolean existsById(UUID id);

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select t from #{#entityName} t where t.id = :id")
    Optional<T> findLockedById(UUID id);
}
