package dev.likeness.app.web.generation;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.likeness.app.adapter.AdapterKind;
import dev.likeness.app.generation.Generation;
import dev.likeness.app.job.JobImage;
import dev.likeness.app.job.MergedAdapter;
import dev.likeness.app.score.Score;
import dev.likeness.app.score.WeightsKind;
import dev.likeness.app.spec.SamplingSpec;
import dev.likeness.app.web.http.Links;
import dev.likeness.app.web.http.Paths;
import dev.likeness.app.web.view.ImageView;
import dev.likeness.app.web.view.ImageViews;
import dev.likeness.app.web.view.ScoreView;
import dev.likeness.app.web.view.TaskHeaderView;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Schema(name = "Generation")
record GenerationView(
        @JsonUnwrapped TaskHeaderView header,

        @JsonUnwrapped SourceView source,

        SamplingSpec spec,

        List<UsedAdapterView> adapters,

        List<ImageView> images,

        List<ScoreView> scores,

        GenerationUrlsView urls) {

    static GenerationView of(Generation generation, List<JobImage> images, List<Score> scores) {
        return new GenerationView(
                TaskHeaderView.of(generation, "generation"),
                new SourceView(generation.jobId(), generation.step(), generation.weights()),
                generation.spec(),
                generation.adapters().stream().map(UsedAdapterView::of).toList(),
                ImageViews.of(images, scores),
                ScoreView.unjudged(scores),
                new GenerationUrlsView(
                        Links.to(Paths.GENERATION, generation.id()),
                        Links.to(Paths.GENERATION_CANCEL, generation.id()),
                        Links.to(Paths.JOB, generation.jobId())));
    }

    /** The job's own weights. */
    record SourceView(
            UUID jobId,

            @Schema(nullable = true) @Nullable Integer checkpointStep,

            @Schema(nullable = true) @Nullable WeightsKind weights) {}

    @Schema(name = "UsedAdapter")
    record UsedAdapterView(
            @Schema(nullable = true) @Nullable UUID id,

            @Schema(nullable = true) @Nullable UUID jobId,

            AdapterKind kind,

            double unetScale,

            double textScale,

            @Schema(nullable = true) @Nullable String placeholder,

            String sha256) {

        static UsedAdapterView of(MergedAdapter used) {
            return new UsedAdapterView(
                    used.id(),
                    used.jobId(),
                    used.kind(),
                    used.unetScale(),
                    used.textScale(),
                    used.placeholder(),
                    used.fileSha256());
        }
    }

    @Schema(name = "GenerationUrls")
    record GenerationUrlsView(URI get, URI cancel, URI job) {}
}
