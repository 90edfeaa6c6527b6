package dev.likeness.app.caption;

import dev.likeness.app.task.TaskRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Query;

public interface CaptionRunRepository extends TaskRepository<CaptionRun> {

    @Query("select r.subjectId from CaptionRun r where r.id = :id")
    Optional<UUID> findSubjectId(UUID id);

    @Query("select r.id from CaptionRun r where r.subjectId = :subjectId")
    List<UUID> findIds(UUID subjectId);
}
