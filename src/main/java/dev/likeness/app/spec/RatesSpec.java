package dev.likeness.app.spec;

import dev.likeness.diffusion.training.TrainedPart;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Learning rates of parts of what is trained. */
@Schema(name = "Rates")
public record RatesSpec(
        @Valid PartRateSpec unet,

        @Valid PartRateSpec textEncoder,

        @Valid PartRateSpec secondTextEncoder,

        @Valid PartRateSpec embeddings) {

    /** No part has its own rate, as in specs that were stored before there were any. */
    static final RatesSpec NONE = new RatesSpec(null, null, null, null);

    /** A missing part has no rate of its own. */
    public RatesSpec(
            @Nullable PartRateSpec unet,
            @Nullable PartRateSpec textEncoder,
            @Nullable PartRateSpec secondTextEncoder,
            @Nullable PartRateSpec embeddings) {
        this.unet = Objects.requireNonNullElse(unet, PartRateSpec.NONE);
        this.textEncoder = Objects.requireNonNullElse(textEncoder, PartRateSpec.NONE);
        this.secondTextEncoder = Objects.requireNonNullElse(secondTextEncoder, PartRateSpec.NONE);
        this.embeddings = Objects.requireNonNullElse(embeddings, PartRateSpec.NONE);
    }

    PartRateSpec of(TrainedPart part) {
        return switch (part) {
            case DENOISER -> unet;
            case TEXT_ENCODER -> textEncoder;
            case SECOND_TEXT_ENCODER -> secondTextEncoder;
            case EMBEDDINGS -> embeddings;
        };
    }

    /** The field of a part. */
    static String field(TrainedPart part) {
        return part == TrainedPart.DENOISER ? "unet" : part.name().toLowerCase(Locale.ROOT);
    }
}
