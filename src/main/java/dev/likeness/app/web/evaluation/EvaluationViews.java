package dev.likeness.app.web.evaluation;

import dev.likeness.app.evaluation.Evaluation;
import dev.likeness.app.evaluation.EvaluationResults;
import dev.likeness.app.evaluation.EvaluationRow;
import dev.likeness.app.evaluation.Evaluations;
import dev.likeness.app.page.KeysetPage;
import dev.likeness.app.task.TaskRef;
import dev.likeness.app.web.http.Cursors;
import dev.likeness.app.web.task.TaskViews;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Collects the data for views of evaluations. */
@Component
class EvaluationViews implements TaskViews {

    private final Evaluations evaluations;
    private final EvaluationResults results;

    EvaluationViews(Evaluations evaluations, EvaluationResults results) {
        this.evaluations = evaluations;
        this.results = results;
    }

    @Override
    public TaskRef.Kind kind() {
        return TaskRef.Kind.EVALUATION;
    }

    @Override
    public EvaluationView get(UUID id) {
        return of(evaluations.get(id));
    }

    EvaluationView of(Evaluation task) {
        return EvaluationView.of(task, results.rows(task.id()), results.images(task.id()));
    }

    /** Without images. */
    EvaluationPageView of(KeysetPage<Evaluation> page) {
        Map<UUID, List<EvaluationRow>> rows =
                results.rowsOf(page.entries().stream().map(Evaluation::id).toList());
        return new EvaluationPageView(
                page.entries().stream()
                        .map(it -> EvaluationView.of(it, rows.getOrDefault(it.id(), List.of()), List.of()))
                        .toList(),
                Cursors.link(page.older()),
                Cursors.link(page.newer()));
    }
}
