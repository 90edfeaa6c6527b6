package dev.likeness.app.evaluation;

import dev.likeness.app.evaluation.LeasedEvaluation.EvaluatedJob;
import dev.likeness.app.evaluation.LeasedEvaluation.PlannedRow;
import dev.likeness.app.score.Score;
import java.util.List;

/** A row finished by a worker. Its images are already saved. */
public record NewEvaluationRow(EvaluatedJob job, PlannedRow planned, List<Score> scores) {}
