package dev.likeness.app.worker.job;

import dev.likeness.app.artifact.ArtifactStore;
import dev.likeness.app.artifact.StoredFile;
import dev.likeness.app.job.ArtifactFormat;
import dev.likeness.app.job.ArtifactKind;
import dev.likeness.app.job.EventType;
import dev.likeness.app.job.ImageRole;
import dev.likeness.app.job.JobProgress;
import dev.likeness.app.job.NewArtifact;
import dev.likeness.app.score.WeightsKind;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.subject.Caption;
import dev.likeness.app.task.Phase;
import dev.likeness.app.worker.InWorker;
import dev.likeness.app.worker.task.DurableWriter;
import dev.likeness.diffusion.data.ContactSheet;
import dev.likeness.diffusion.data.ContactSheet.Row;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.method.ExportFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Exports the trained weights, writes the report, and makes the contact sheet: the subject's pictures, the base model's
 * images of the class, and the trained model's images of each prompt.
 */
@InWorker
@Component
@Order(5)
class ExportingPhase implements JobPhase {

    private static final int CELL = 128;

    private final JobImageKeeper images;
    private final JobProgress progress;
    private final ArtifactStore artifacts;
    private final DurableWriter durable;
    private final ReportKeeper reports;
    private final ResultWeights weights;
    private final JsonMapper json;

    ExportingPhase(
            JobImageKeeper images,
            JobProgress progress,
            ArtifactStore artifacts,
            DurableWriter durable,
            ReportKeeper reports,
            ResultWeights weights,
            JsonMapper json) {
        this.images = images;
        this.progress = progress;
        this.artifacts = artifacts;
        this.durable = durable;
        this.reports = reports;
        this.weights = weights;
        this.json = json;
    }

    @Override
    public Phase phase() {
        return Phase.EXPORTING;
    }

    @Override
    public void run(JobRun run) {
        List<ExportFormat> formats = run.pipeline().exportFormats();
        export(run, formats, "");
        if (formats.contains(ExportFormat.LORA_KOHYA) && !formats.contains(ExportFormat.LORA_DIFFUSERS)) {
            logMissing(run);
        }
        exportOthers(run);
        keepSpec(run);
        drawContactSheet(run);
        reports.keep(run);
    }

    private void export(JobRun run, List<ExportFormat> formats, String suffix) {
        for (ExportFormat format : formats) {
            run.control().check();
            export(run, format, suffix);
        }
    }

    /** With an average, the files of the weights that are not the result stand beside those of the result. */
    private void exportOthers(JobRun run) {
        WeightsKind others = run.othersOfResult();
        if (others != null && weights.useOthers(run)) {
            export(run, run.pipeline().exportFormats(), "_" + others.wire());
        }
    }

    private void logMissing(JobRun run) {
        String message =
                "there is no LoRA file with the names of diffusers: diffusers loads LoRA, and DoRA with the norms of the"
                        + " outputs, but no other kind of adapter and no Tucker form; the file with kohya's names has everything";
        durable.write(() -> progress.event(run.lease(), EventType.LOG, Map.of("message", message)));
    }

    /** The file is read back before its row is written, so that a file without the trained weights is never offered. */
    private void export(JobRun run, ExportFormat format, String suffix) {
        durable.tensors(out -> run.pipeline().export(format, out), file -> {
            run.pipeline().verifyExport(format, artifacts.local(file.sha256()));
            progress.addArtifact(run.lease(), artifact(run, format, suffix, file));
        });
    }

    /** Includes the captions that were used, from any source, so that the spec reproduces the job. */
    private void keepSpec(JobRun run) {
        int step = run.resultStep();
        ObjectNode tree = json.valueToTree(run.job().spec());
        List<String> captions = run.job().captions().stream().map(Caption::text).toList();
        ((ObjectNode) tree.get("training")).putNull("caption_source").set("captions", json.valueToTree(captions));
        byte[] spec = json.writerWithDefaultPrettyPrinter().writeValueAsBytes(tree);
        durable.tensors(
                out -> out.write(spec),
                file -> progress.addArtifact(
                        run.lease(),
                        new NewArtifact(ArtifactKind.CONFIG, ArtifactFormat.JSON, "spec.json", file, step)));
    }

    private static NewArtifact artifact(JobRun run, ExportFormat format, String suffix, StoredFile file) {
        JobSpec spec = run.job().spec();
        int step = run.resultStep();
        String word = spec.identifier().replaceAll("[^A-Za-z0-9_-]", "");
        return switch (format) {
            case LORA_DIFFUSERS ->
                new NewArtifact(
                        ArtifactKind.LORA,
                        ArtifactFormat.DIFFUSERS,
                        "pytorch_lora_weights" + suffix + ".safetensors",
                        file,
                        step);
            case LORA_KOHYA ->
                new NewArtifact(
                        ArtifactKind.LORA, ArtifactFormat.KOHYA, word + "_lora" + suffix + ".safetensors", file, step);
            case EMBEDDING_DIFFUSERS ->
                new NewArtifact(
                        ArtifactKind.EMBEDDING,
                        ArtifactFormat.DIFFUSERS,
                        "learned_embeds" + suffix + ".safetensors",
                        file,
                        step);
            case EMBEDDING_BESIDE_LORA ->
                new NewArtifact(
                        ArtifactKind.EMBEDDING,
                        ArtifactFormat.DIFFUSERS,
                        word + "_emb" + suffix + ".safetensors",
                        file,
                        step);
            case EMBEDDING_A1111 ->
                new NewArtifact(
                        ArtifactKind.EMBEDDING, ArtifactFormat.A1111, word + suffix + ".safetensors", file, step);
            case MODEL_DIFFUSERS ->
                new NewArtifact(
                        ArtifactKind.MODEL, ArtifactFormat.DIFFUSERS, word + "_model" + suffix + ".zip", file, step);
        };
    }

    private void drawContactSheet(JobRun run) {
        JobSpec spec = run.job().spec();
        int each = spec.sampling().imagesPerPrompt();
        List<RgbImage> before = images.load(run, ImageRole.BEFORE, 0);
        List<RgbImage> after = images.load(run, ImageRole.RESULT, run.resultStep());
        List<Row> rows = new ArrayList<>();
        rows.add(new Row("the pictures", run.pictures()));
        rows.add(new Row(
                "before: " + run.job().expand(JobSpec.CLASS_PROMPT), before.subList(0, Math.min(each, before.size()))));
        for (int p = 0; p < spec.sampling().prompts().size(); p++) {
            rows.add(new Row(
                    run.job().expand(spec.sampling().prompts().get(p)), after.subList(p * each, (p + 1) * each)));
        }
        images.keepContactSheet(run, ContactSheet.draw(rows, CELL), run.resultStep());
    }
}
