package dev.likeness.app.web.evaluation;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.likeness.app.evaluation.Evaluation;
import dev.likeness.app.evaluation.EvaluationImage;
import dev.likeness.app.evaluation.EvaluationRow;
import dev.likeness.app.evaluation.EvaluationSpec;
import dev.likeness.app.web.http.Links;
import dev.likeness.app.web.http.Paths;
import dev.likeness.app.web.view.TaskHeaderView;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.util.List;

@Schema(name = "EvaluationRun")
record EvaluationView(
        @JsonUnwrapped TaskHeaderView header,

        EvaluationSpec spec,

        List<EvaluationRowView> rows,

        EvaluationUrlsView urls) {

    /** @param images of all rows */
    static EvaluationView of(Evaluation task, List<EvaluationRow> rows, List<EvaluationImage> images) {
        return new EvaluationView(
                TaskHeaderView.of(task, "evaluation"),
                task.spec(),
                rows.stream().map(row -> EvaluationRowView.of(row, images)).toList(),
                new EvaluationUrlsView(
                        Links.to(Paths.EVALUATION, task.id()),
                        Links.to(Paths.EVALUATION_TABLE, task.id()),
                        Links.to(Paths.EVALUATION_CANCEL, task.id())));
    }

    @Schema(name = "EvaluationUrls")
    record EvaluationUrlsView(URI get, URI table, URI cancel) {}
}
