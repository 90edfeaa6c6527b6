package dev.likeness.app.subject;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

interface SubjectRepository extends Repository<Subject, UUID> {

    Subject save(Subject subject);

    Optional<Subject> findById(UUID id);

    void delete(Subject subject);
}
