package dev.likeness.app.web.job;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.likeness.app.job.ArtifactFormat;
import dev.likeness.app.job.ArtifactKind;
import dev.likeness.app.job.JobArtifact;
import dev.likeness.app.job.JobArtifacts;
import dev.likeness.app.job.Jobs;
import dev.likeness.app.web.http.FileAnswers;
import dev.likeness.app.web.http.Links;
import dev.likeness.app.web.http.Paths;
import dev.likeness.app.web.openapi.DocumentOrder;
import dev.likeness.app.web.openapi.Downloads;
import dev.likeness.app.web.problem.ProblemType;
import dev.likeness.app.web.problem.Problems;
import dev.likeness.app.web.view.FileView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Files that other programs can load. */
@RestController
@Tag(name = DocumentOrder.ARTIFACTS)
class ArtifactController {

    private final Jobs jobs;
    private final JobArtifacts jobArtifacts;
    private final FileAnswers files;

    ArtifactController(Jobs jobs, JobArtifacts jobArtifacts, FileAnswers files) {
        this.jobs = jobs;
        this.jobArtifacts = jobArtifacts;
        this.files = files;
    }

    @GetMapping(path = Paths.JOB_ARTIFACTS, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "listJobArtifacts")
    @Problems(ProblemType.NOT_FOUND)
    ArtifactsView artifacts(@PathVariable UUID id) {
        return new ArtifactsView(jobArtifacts.ofJob(jobs.get(id).id()).stream()
                .map(ArtifactView::of)
                .toList());
    }

    @GetMapping(path = Paths.ARTIFACT, produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @Operation(operationId = "downloadArtifact")
    @Downloads
    ResponseEntity<Resource> artifact(@PathVariable UUID id) {
        return files.attachment(jobArtifacts.get(id).file());
    }

    @Schema(name = "Artifacts")
    record ArtifactsView(List<ArtifactView> results) {}

    @Schema(name = "Artifact")
    record ArtifactView(
            UUID id,

            String object,

            @JsonUnwrapped TypeView type,

            @JsonUnwrapped FileView file,

            URI url,

            int step,

            Instant createdAt) {

        static ArtifactView of(JobArtifact artifact) {
            return new ArtifactView(
                    artifact.id(),
                    "artifact",
                    TypeView.of(artifact.kind(), artifact.format()),
                    FileView.of(artifact.file()),
                    Links.artifact(artifact.id()),
                    artifact.step(),
                    artifact.createdAt());
        }
    }

    record TypeView(ArtifactKind kind, ArtifactFormat format, String description) {

        static TypeView of(ArtifactKind kind, ArtifactFormat format) {
            return new TypeView(kind, format, description(kind, format));
        }

        /** Statements about versions are verified in src/docs/readers.md. */
        private static String description(ArtifactKind kind, ArtifactFormat format) {
            return switch (kind) {
                case LORA ->
                    format == ArtifactFormat.KOHYA
                            ? "The LoRA in kohya's tensor names, for kohya's scripts, AUTOMATIC1111 and"
                                    + " ComfyUI. diffusers loads it with transformers 4. With transformers 5, diffusers"
                                    + " cannot load it if it contains text encoder layers (train_text_encoder): use the"
                                    + " file with diffusers' tensor names instead. With pivotal_tuning it includes the embeddings"
                                    + " (bundle_emb), which AUTOMATIC1111 reads."
                            : "The LoRA in diffusers' tensor names, for load_lora_weights. Loads with"
                                    + " transformers 4 and 5.";
                case EMBEDDING ->
                    format == ArtifactFormat.A1111
                            ? "The embeddings for AUTOMATIC1111 and ComfyUI. Both use the file name as the"
                                    + " placeholder token."
                            : "The embeddings in diffusers' tensor names, for load_textual_inversion.";
                case MODEL ->
                    "The whole model as a folder, zipped, for DiffusionPipeline.from_pretrained of diffusers.";
                case CONFIG -> "The job's complete spec. Submit it again to create the same job.";
                case REPORT ->
                    format == ArtifactFormat.JSON
                            ? "The report's figures, for programs."
                            : "The report as a page for a browser.";
            };
        }
    }
}
