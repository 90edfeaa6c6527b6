package dev.likeness.app.web.caption;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.likeness.app.caption.CaptionRun;
import dev.likeness.app.caption.CaptionSpec;
import dev.likeness.app.web.http.Links;
import dev.likeness.app.web.http.Paths;
import dev.likeness.app.web.view.CaptionView;
import dev.likeness.app.web.view.TaskHeaderView;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.util.List;
import java.util.UUID;

@Schema(name = "Captions")
record CaptionTaskView(
        @JsonUnwrapped TaskHeaderView header,

        UUID subjectId,

        CaptionSpec spec,

        List<CaptionView> captions,

        CaptionUrlsView urls) {

    static CaptionTaskView of(CaptionRun task) {
        return new CaptionTaskView(
                TaskHeaderView.of(task, "captions"),
                task.subjectId(),
                task.spec(),
                CaptionView.of(task.captions()),
                new CaptionUrlsView(
                        Links.to(Paths.CAPTIONS, task.id()),
                        Links.to(Paths.CAPTIONS_CANCEL, task.id()),
                        Links.to(Paths.SUBJECT, task.subjectId())));
    }

    @Schema(name = "CaptionsUrls")
    record CaptionUrlsView(URI get, URI cancel, URI subject) {}
}
