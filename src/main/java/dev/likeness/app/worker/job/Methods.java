package dev.likeness.app.worker.job;

import dev.likeness.app.job.LeasedJob;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.spec.TextualInversionSpec;
import dev.likeness.diffusion.method.DreamBooth;
import dev.likeness.diffusion.method.Lora;
import dev.likeness.diffusion.method.Method;
import dev.likeness.diffusion.method.Momentum;
import dev.likeness.diffusion.method.TextualInversion;
import java.util.Objects;

/** What the engine is to train, by the method a job names. */
final class Methods {

    private Methods() {}

    static Method of(LeasedJob job) {
        JobSpec spec = job.spec();
        return switch (spec.method()) {
            case "dreambooth" -> new DreamBooth(spec.training().trainTextEncoder());
            case "dreambooth_lora" ->
                new Lora(
                        spec.lora().rank(),
                        spec.lora().alpha(),
                        spec.lora().dropout(),
                        spec.lora().targets(),
                        spec.training().trainTextEncoder());
            case "textual_inversion" -> inversion(job, false);
            case "momentum_textual_inversion" -> inversion(job, true);
            default -> throw new IllegalStateException("method " + spec.method());
        };
    }

    private static TextualInversion inversion(LeasedJob job, boolean momentum) {
        JobSpec spec = job.spec();
        TextualInversionSpec inversion = spec.textualInversion();
        String initializer = Objects.requireNonNullElse(inversion.initializer(), start(job));
        return new TextualInversion(
                spec.placeholderToken(),
                inversion.vectors(),
                initializer,
                momentum ? new Momentum(inversion.gamma(), inversion.momentumMode(), anchor(job)) : null);
    }

    /** Where nothing says what to start from: uploaded embeddings, a base job's v_train, which goes by its word, else the class word. */
    private static String start(LeasedJob job) {
        if (job.uploadedEmbeddings() != null) {
            return job.uploadedWord();
        }
        return job.baseIdentifier() != null && job.continuesMomentum() ? job.baseIdentifier() : job.classWord();
    }

    /** Uploaded embeddings, else the base job's identifier, else the initializer, else the class word. */
    private static String anchor(LeasedJob job) {
        String initializer = job.spec().textualInversion().initializer();
        if (job.uploadedEmbeddings() != null) {
            return job.uploadedWord();
        }
        if (job.baseIdentifier() != null) {
            return job.baseIdentifier();
        }
        return initializer == null || initializer.startsWith("<") ? job.classWord() : initializer;
    }
}
