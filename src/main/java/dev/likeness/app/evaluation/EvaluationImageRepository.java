package dev.likeness.app.evaluation;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface EvaluationImageRepository extends Repository<EvaluationImage, UUID> {

    EvaluationImage save(EvaluationImage image);

    Optional<EvaluationImage> findById(UUID id);

    Optional<EvaluationImage> findByEvaluationIdAndTableRowAndPosition(UUID evaluationId, int row, int position);

    List<EvaluationImage> findByEvaluationIdOrderByTableRowAscPositionAsc(UUID evaluationId);

    @Query("select i.fileSha256 from EvaluationImage i where i.evaluationId = :evaluationId")
    List<String> findFiles(UUID evaluationId);

    @Modifying
    @Query("delete from EvaluationImage i where i.id = :id")
    void deleteById(UUID id);
}
