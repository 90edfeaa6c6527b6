package dev.likeness.app.evaluation;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.data.repository.Repository;

interface EvaluationRowRepository extends Repository<EvaluationRow, UUID> {

    EvaluationRow save(EvaluationRow row);

    List<EvaluationRow> findByEvaluationIdInOrderByPosition(Collection<UUID> evaluationIds);
}
