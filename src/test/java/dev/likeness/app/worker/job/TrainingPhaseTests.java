package dev.likeness.app.worker.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.job.LeasedJob;
import dev.likeness.app.spec.TestSpec;
import dev.likeness.app.task.Lease;
import dev.likeness.diffusion.adapter.MomentumMode;
import dev.likeness.diffusion.method.Lora;
import dev.likeness.diffusion.method.Momentum;
import dev.likeness.diffusion.method.TextualInversion;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingPhaseTests {

    private static final String MOMENTUM = "momentum_textual_inversion";
    private static final UUID UPLOAD = UUID.randomUUID();

    /** A word trained with momentum continues from its v_train. Any other word has v_star alone. */
    @ParameterizedTest
    @CsvSource({
        "momentum_textual_inversion, , <former>, <former>",
        "momentum_textual_inversion, owl, owl, <former>",
        "momentum_textual_inversion, <zero>, <zero>, <former>",
        "textual_inversion, , bird, <former>",
        "dreambooth, , bird, <former>",
        "a_method_of_a_newer_release, , bird, <former>",
        ", , bird, bird",
        ", owl, owl, owl",
        ", <zero>, <zero>, bird"
    })
    void startFromTheBaseJobsMomentum(
            @Nullable String baseMethod, @Nullable String initializer, String start, String anchor) {
        TextualInversion method = (TextualInversion) TrainingPhase.configured(job(MOMENTUM, baseMethod, initializer));

        assertThat(method.initializer()).isEqualTo(start);
        assertThat(method.momentum()).isEqualTo(new Momentum(0.4, MomentumMode.EMA, anchor));
    }

    @ParameterizedTest
    @CsvSource({"momentum_textual_inversion, bird", "textual_inversion, bird"})
    void startFromTheClassWordWithoutMomentum(String baseMethod, String start) {
        TextualInversion method =
                (TextualInversion) TrainingPhase.configured(job("textual_inversion", baseMethod, null));

        assertThat(method.initializer()).isEqualTo(start);
        assertThat(method.momentum()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"momentum_textual_inversion, true", "momentum_textual_inversion, false", "textual_inversion, false"})
    void startFromUploadedEmbeddingsUnlessThereIsAnInitializer(String method, boolean momentumBelow) {
        String upload = "<%s>".formatted(UPLOAD);
        String below = momentumBelow ? MOMENTUM : "dreambooth";

        TextualInversion plain = (TextualInversion) TrainingPhase.configured(job(method, below, null, true));
        TextualInversion other = (TextualInversion) TrainingPhase.configured(job(method, below, "owl", true));

        assertThat(plain.initializer()).isEqualTo(upload);
        assertThat(other.initializer()).isEqualTo("owl");
        assertThat(other.momentum())
                .isEqualTo(method.equals(MOMENTUM) ? new Momentum(0.4, MomentumMode.EMA, upload) : null);
    }

    @Test
    void anAdapterTrainsWithTheSectionOfTheSpecItself() {
        LeasedJob job = job("dreambooth_lora", null, null);

        Lora method = (Lora) TrainingPhase.configured(job);

        assertThat(method.settings()).isSameAs(job.spec().lora());
        assertThat(method.textEncoder()).isEqualTo(job.spec().training().trainTextEncoder());
    }

    private static LeasedJob job(String method, @Nullable String baseMethod, @Nullable String initializer) {
        return job(method, baseMethod, initializer, false);
    }

    private static LeasedJob job(
            String method, @Nullable String baseMethod, @Nullable String initializer, boolean uploads) {
        UUID base = baseMethod == null ? null : UUID.randomUUID();
        UUID upload = uploads ? UPLOAD : null;
        return new LeasedJob(
                new Lease(UUID.randomUUID(), 1),
                UUID.randomUUID(),
                "bird",
                TestSpec.small()
                        .with("method", method)
                        .with("base_job_id", base)
                        .with("textual_inversion.vectors", 2)
                        .with("textual_inversion.initializer", initializer)
                        .with("textual_inversion.gamma", 0.4)
                        .with("textual_inversion.momentum_mode", "ema")
                        .with("textual_inversion.adapter_id", upload)
                        .spec(),
                List.of(),
                1,
                new LeasedJob.Start(
                        base == null ? null : "<former>", baseMethod, List.of(), upload == null ? null : "a file"),
                null);
    }
}
