package dev.likeness.app.generation;

import dev.likeness.app.adapter.Adapter;
import dev.likeness.app.adapter.AdapterContents.Embeddings;
import dev.likeness.app.adapter.AdapterKind;
import dev.likeness.app.adapter.AdapterWords;
import dev.likeness.app.adapter.Adapters;
import dev.likeness.app.job.Job;
import dev.likeness.app.job.JobCheckpoints;
import dev.likeness.app.job.JobRepository;
import dev.likeness.app.job.MergedAdapter;
import dev.likeness.app.refusal.Violation;
import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.task.TaskStatus;
import dev.likeness.diffusion.token.PromptSyntax;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Resolves the adapters that a generation uses besides its job's own weights, and refuses what cannot be merged. */
@Component
class AdapterMerging {

    private static final String FIELD = "adapters";

    private final Adapters adapters;
    private final AdapterWords words;
    private final JobRepository jobs;
    private final JobCheckpoints checkpoints;

    AdapterMerging(Adapters adapters, AdapterWords words, JobRepository jobs, JobCheckpoints checkpoints) {
        this.adapters = adapters;
        this.words = words;
        this.jobs = jobs;
        this.checkpoints = checkpoints;
    }

    /**
     * Must run in the transaction that saves the generation: until its end no adapter can be deleted.
     *
     * @param job that the generation belongs to
     * @param prompts without placeholders, including negative ones
     * @throws InvalidSpecException naming each adapter that cannot be merged
     */
    List<MergedAdapter> resolve(Job job, List<AdapterUse> uses, List<String> prompts) {
        Map<UUID, Adapter> uploaded = adapters.hold(
                uses.stream().map(AdapterUse::id).filter(Objects::nonNull).toList());
        Run run = new Run(job, checkpoints.lineage(job), uploaded, prompts);
        List<MergedAdapter> used = new ArrayList<>();
        for (int i = 0; i < uses.size(); i++) {
            run.resolve(i, uses.get(i)).ifPresent(used::add);
        }
        if (!run.violations.isEmpty()) {
            throw new InvalidSpecException(run.violations);
        }
        return used;
    }

    /** The adapters of one generation. */
    private final class Run {

        private final Job job;
        private final List<Job> lineage;
        private final Map<UUID, Adapter> uploaded;
        private final List<String> prompts;
        private final List<Violation> violations = new ArrayList<>();
        private final Set<UUID> seen = new HashSet<>();
        private final List<String> placeholders = new ArrayList<>();

        Run(Job job, List<Job> lineage, Map<UUID, Adapter> uploaded, List<String> prompts) {
            this.job = job;
            this.lineage = lineage;
            this.uploaded = uploaded;
            this.prompts = prompts;
            lineage.forEach(each -> placeholders.add(each.spec().placeholderToken()));
        }

        Optional<MergedAdapter> resolve(int index, AdapterUse use) {
            UUID id = use.id() != null ? use.id() : use.jobId();
            if (id == null || use.id() != null && use.jobId() != null) {
                return refuse(index, null, "must name an uploaded adapter by id, or a job by job_id", "value_error");
            }
            if (!seen.add(id)) {
                return refuse(index, null, "is listed twice; list it once", "duplicate");
            }
            return use.id() != null ? upload(index, use, use.id()) : merged(index, use, id);
        }

        private Optional<MergedAdapter> upload(int index, AdapterUse use, UUID id) {
            Adapter adapter = uploaded.get(id);
            if (adapter == null) {
                return refuse(index, "id", "there is no adapter %s".formatted(id), "unknown");
            }
            if (!adapter.model().equals(job.model())) {
                return refuse(
                        index,
                        "id",
                        "adapter %s was uploaded for the model %s, but this job uses %s; upload the file for that model"
                                .formatted(id, adapter.model(), job.model()),
                        "value_error");
            }
            Embeddings embeddings = adapter.contents().embeddings();
            for (String word : embeddings.words()) {
                if (isTaken(index, "id", word)) {
                    return Optional.empty();
                }
                placeholders.add(word);
            }
            return used(index, use, adapter.kind(), adapter.file().sha256(), embeddings.placeholder());
        }

        private Optional<MergedAdapter> merged(int index, AdapterUse use, UUID id) {
            Job other = jobs.findById(id).orElse(null);
            if (other == null) {
                return refuse(index, "job_id", "there is no job %s".formatted(id), "unknown");
            }
            String refusal = refusal(other);
            if (refusal != null) {
                return refuse(index, "job_id", "job %s %s".formatted(id, refusal), "value_error");
            }
            String file = checkpoints.resultWeights(other).fileSha256();
            AdapterKind kind =
                    other.spec().trainingMethod().yields().hasAdapter() ? AdapterKind.LORA : AdapterKind.EMBEDDING;
            return used(
                    index,
                    use,
                    kind,
                    file,
                    other.spec().usesTextualInversion() ? other.spec().placeholderToken() : null);
        }

        private @Nullable String refusal(Job other) {
            if (lineage.stream().anyMatch(it -> it.id().equals(other.id()))) {
                return "is this job or a job that it was trained on top of; its adapter is already used, with the"
                        + " scales lora_unet_scale and lora_text_scale";
            }
            if (other.status() != TaskStatus.SUCCEEDED) {
                return "has the status %s; only a succeeded job can be merged"
                        .formatted(other.status().wire());
            }
            if (!other.model().equals(job.model())) {
                return "was trained on the model %s, but this job uses %s".formatted(other.model(), job.model());
            }
            if (other.spec().trainingMethod().yields().changesBase()) {
                return "trained the whole model, not an adapter: generate from that job and merge the others into"
                        + " it, or train it with the method dreambooth_lora";
            }
            UUID base = other.baseJobId();
            if (base != null && lineage.stream().noneMatch(it -> it.id().equals(base))) {
                return "was trained on top of job %s, which this generation does not use".formatted(base);
            }
            return null;
        }

        private Optional<MergedAdapter> used(
                int index, AdapterUse use, AdapterKind kind, String file, @Nullable String ownWord) {
            String word = use.placeholder() == null ? ownWord : use.placeholder();
            if (ownWord == null) {
                if (word != null) {
                    String message = kind == AdapterKind.LORA
                            ? "is only for embeddings, but this is a LoRA"
                            : "is only for embeddings of one word, but this file has several words";
                    return refuse(index, "placeholder", message, "value_error");
                }
            } else if (!accepts(index, kind, Objects.requireNonNull(word))) {
                return Optional.empty();
            }
            return Optional.of(
                    new MergedAdapter(use.id(), use.jobId(), kind, file, use.unetScale(), use.textScale(), word));
        }

        private boolean accepts(int index, AdapterKind kind, String word) {
            Optional<String> refusal = words.refusal(job.model(), word);
            if (refusal.isPresent()) {
                refuse(index, "placeholder", "\"%s\" %s".formatted(word, refusal.get()), "value_error");
                return false;
            }
            if (isTaken(index, "placeholder", word)) {
                return false;
            }
            // An adapter has an effect without its word.
            if (kind == AdapterKind.EMBEDDING
                    && prompts.stream().noneMatch(it -> AdapterWords.isIn(PromptSyntax.text(it), word))) {
                String message =
                        "\"%s\" does not occur in any prompt, so these embeddings would have no effect".formatted(word);
                refuse(index, "placeholder", message, "no_effect");
                return false;
            }
            placeholders.add(word);
            return true;
        }

        private boolean isTaken(int index, String field, String word) {
            Optional<String> taken = Stream.concat(placeholders.stream(), Stream.of(job.classWord()))
                    .filter(it -> AdapterWords.collide(it, word))
                    .findFirst();
            taken.ifPresent(it -> refuse(
                    index,
                    field,
                    "\"%s\" cannot be distinguished from \"%s\", which prompts already use; choose another word"
                            .formatted(word, it),
                    "duplicate"));
            return taken.isPresent();
        }

        private Optional<MergedAdapter> refuse(int index, @Nullable String field, String message, String type) {
            List<String> location = Stream.of(FIELD, Integer.toString(index), field)
                    .filter(Objects::nonNull)
                    .toList();
            violations.add(new Violation(location, message, type));
            return Optional.empty();
        }
    }
}
