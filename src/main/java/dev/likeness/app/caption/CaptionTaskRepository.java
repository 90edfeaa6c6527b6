package dev.likeness.app.caption;

import dev.likeness.app.task.TaskRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Query;

public interface CaptionTaskRepository extends TaskRepository<CaptionTask> {

    @Query("select t.subjectId from CaptionTask t where t.id = :id")
    Optional<UUID> findSubjectId(UUID id);

    @Query("select t.id from CaptionTask t where t.subjectId = :subjectId")
    List<UUID> findIds(UUID subjectId);
}
