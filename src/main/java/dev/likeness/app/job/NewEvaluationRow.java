package dev.likeness.app.job;

import dev.likeness.app.job.LeasedEvaluation.EvaluatedJob;
import dev.likeness.app.job.LeasedEvaluation.PlannedRow;
import java.util.List;

/** A row as its worker has finished it. Its images are there already. */
public record NewEvaluationRow(EvaluatedJob job, PlannedRow planned, List<NewScore> scores) {}
