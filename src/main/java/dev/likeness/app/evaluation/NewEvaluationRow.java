package dev.likeness.app.evaluation;

import dev.likeness.app.evaluation.LeasedEvaluation.EvaluatedJob;
import dev.likeness.app.evaluation.LeasedEvaluation.PlannedRow;
import dev.likeness.app.score.Score;
import java.util.List;

/** A row as its worker has finished it. Its images are there already. */
public record NewEvaluationRow(EvaluatedJob job, PlannedRow planned, List<Score> scores) {}
