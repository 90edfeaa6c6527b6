package dev.likeness.app.memory;

import dev.likeness.app.model.ModelCatalogue;
import dev.likeness.app.model.Scorers;
import dev.likeness.app.spec.ImagePlan;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.spec.PriorSpec;
import dev.likeness.app.spec.SpecBinder;
import dev.likeness.app.spec.TrainingSpec;
import dev.likeness.diffusion.method.Methods;
import dev.likeness.diffusion.method.TrainedKind;
import dev.likeness.diffusion.plan.MemoryOptions;
import dev.likeness.diffusion.plan.MemoryPlan;
import dev.likeness.diffusion.plan.MemorySaving;
import dev.likeness.diffusion.plan.MethodMemory;
import dev.likeness.diffusion.plan.SamplingLoad;
import dev.likeness.diffusion.plan.Workload;
import dev.likeness.diffusion.plan.Workload.Encoded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Converts specs to memory plans, and plans to specs. */
@Component
class MemoryPlans {

    private static final String TRAINING = "training";

    private final ModelCatalogue models;
    private final Scorers scorers;
    private final SpecBinder binder;

    MemoryPlans(ModelCatalogue models, Scorers scorers, SpecBinder binder) {
        this.models = models;
        this.scorers = scorers;
        this.binder = binder;
    }

    /**
     * The plan of a spec as it is. Empty if the size of the model is unknown; the worker will report why.
     *
     * @param imagesAtOnce most images of a batch
     */
    Optional<MemoryPlan> of(JobSpec spec, int imagesAtOnce) {
        return models.size(spec.model())
                .map(size -> new MemoryPlan(size.withScorers(scorers.sizes()), run(spec), options(spec, imagesAtOnce)));
    }

    /** The spec with a plan's options. */
    JobSpec with(JobSpec spec, MemoryOptions options) {
        ObjectNode tree = binder.tree(spec);
        ((ObjectNode) tree.get(TRAINING))
                .put("batch_size", options.batchSize())
                .put("gradient_accumulation", options.gradientAccumulation())
                .put("gradient_checkpointing", options.gradientCheckpointing())
                .put("optimizer", options.optimizer().wire())
                .put("train_text_encoder", options.trainTextEncoder());
        return binder.bind(tree, JobSpec.class);
    }

    /**
     * Methods with a frozen base model, by name, with their memory, as suggestions for a method that trains the base
     * model.
     */
    static Map<String, MethodMemory> lighter(JobSpec spec) {
        Map<String, MethodMemory> lighter = new LinkedHashMap<>();
        if (spec.trainingMethod().yields().changesBase()) {
            Methods.all().stream()
                    .filter(method -> method.yields() == TrainedKind.ADAPTER)
                    .forEach(method -> lighter.put(method.name(), averaged(spec.training(), method.memory(spec))));
        }
        return lighter;
    }

    /** Memory savings that a request excludes by setting a field that they would change. */
    static Set<MemorySaving> fixed(ObjectNode request) {
        JsonNode training = request.path(TRAINING);
        return Arrays.stream(MemorySaving.values())
                .filter(change -> fields(change).stream().anyMatch(training::hasNonNull)
                        || change == MemorySaving.FROZEN_TEXT && ratesOfText(training.path("rates")))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(MemorySaving.class)));
    }

    /** A request with a rate for text encoders wants them trained. */
    private static boolean ratesOfText(JsonNode rates) {
        return rates.hasNonNull("text_encoder") || rates.hasNonNull("second_text_encoder");
    }

    /** The fields of {@code training} that a memory saving changes. A request that sets one of them rules the saving out. */
    static List<String> fields(MemorySaving change) {
        return switch (change) {
            case SINGLE_IMAGES -> List.of();
            case GRADIENT_CHECKPOINTING -> List.of("gradient_checkpointing");
            case BATCH_OF_ONE -> List.of("batch_size", "gradient_accumulation");
            case EIGHT_BIT_OPTIMIZER -> List.of("optimizer");
            case FROZEN_TEXT -> List.of("train_text_encoder");
        };
    }

    private static MemoryOptions options(JobSpec spec, int imagesAtOnce) {
        TrainingSpec training = spec.training();
        return new MemoryOptions(
                training.batchSize(),
                training.gradientAccumulation(),
                training.gradientCheckpointing(),
                training.optimizer(),
                training.trainTextEncoder(),
                imagesAtOnce);
    }

    private static Workload run(JobSpec spec) {
        TrainingSpec training = spec.training();
        int companions = (spec.prior().enabled() ? 1 : 0) + (spec.face().enabled() ? 1 : 0);
        return new Workload(
                averaged(training, spec.trainingMethod().memory(spec)),
                training.resolution(),
                new Workload.Companions(companions, training.buckets()),
                training.precision(),
                spec.sampling().fused(),
                outsideTraining(spec),
                whileTraining(spec),
                encodedInSteps(spec));
    }

    private static MethodMemory averaged(TrainingSpec training, MethodMemory method) {
        return training.average() == null ? method : method.withAverage();
    }

    private static Set<Encoded> encodedInSteps(JobSpec spec) {
        Set<Encoded> encoded = EnumSet.noneOf(Encoded.class);
        if (spec.training().randomCrop()) {
            encoded.add(Encoded.PICTURES);
        }
        if (encodesPrompts(spec)) {
            encoded.add(Encoded.PROMPTS);
        }
        return encoded;
    }

    /** Whether a run can have more prompts than it keeps. Captions that are not known yet count as one. */
    private static boolean encodesPrompts(JobSpec spec) {
        TrainingSpec training = spec.training();
        int words = training.descriptiveWordProbability() == 0
                ? 0
                : training.descriptiveWords().size();
        long texts = Math.max(1, training.captions().texts().size());
        return (texts << words) + priorPrompts(spec.prior()) > training.mostKeptPrompts();
    }

    /** Each image of a class set can have its own caption. */
    private static int priorPrompts(PriorSpec prior) {
        return prior.own() + (prior.generated() > 0 ? 1 : 0);
    }

    private static List<SamplingLoad> whileTraining(JobSpec spec) {
        List<SamplingLoad> loads = new ArrayList<>();
        if (spec.previewImages() > 0) {
            loads.add(images(spec.previewPlan(), spec.previews().images()));
        }
        if (spec.evaluation().checkpoints() > 1) {
            loads.add(scoring(spec));
        }
        return loads;
    }

    /** Images of the subject and of the class share batches. */
    private static SamplingLoad scoring(JobSpec spec) {
        return images(spec.scoringPlan(), spec.imagesPerScoring());
    }

    private static List<SamplingLoad> outsideTraining(JobSpec spec) {
        List<SamplingLoad> loads = new ArrayList<>();
        loads.add(scoring(spec));
        loads.add(images(spec.sampling().plan(), spec.images()));
        if (spec.prior().generated() > 0) {
            int side = spec.training().resolution();
            loads.add(new SamplingLoad(side, side, spec.prior().generated()));
        }
        return loads;
    }

    private static SamplingLoad images(ImagePlan plan, int images) {
        return new SamplingLoad(plan.settings().width(), plan.settings().height(), images);
    }
}
