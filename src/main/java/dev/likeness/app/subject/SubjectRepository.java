package dev.likeness.app.subject;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface SubjectRepository extends Repository<Subject, UUID>, JpaSpecificationExecutor<Subject> {

    Subject save(Subject subject);

    Optional<Subject> findById(UUID id);

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select s from Subject s where s.id = :id")
    Optional<Subject> findLockedById(UUID id);

    @Query("select distinct s from Subject s left join fetch s.pictures where s.id in :ids")
    List<Subject> findAll(Collection<UUID> ids);

    void delete(Subject subject);
}
