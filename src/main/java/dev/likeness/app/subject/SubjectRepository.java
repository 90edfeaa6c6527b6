package dev.likeness.app.subject;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface SubjectRepository extends Repository<Subject, UUID> {

    Subject save(Subject subject);

    Optional<Subject> findById(UUID id);

    @Query("select distinct s from Subject s left join fetch s.pictures where s.id in :ids")
    List<Subject> findAll(Collection<UUID> ids);

    void delete(Subject subject);
}
