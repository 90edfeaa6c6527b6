package dev.likeness.app.web.job;

import dev.likeness.app.job.Advice;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;

@Schema(name = "Advice", description = "Something that a job's scores suggest.")
record AdviceView(
        @Schema(
                description = "What it is about. overfit: like the pictures, but no longer listening to prompts;"
                        + " prompts_ignored: not listening, and not like them either; undertrained: still becoming more"
                        + " like them; unlike: hardly like them; class_leak: the class begins to look like the subject;"
                        + " class_variety: images of the class differ less; peaks_early: the first checkpoint is the"
                        + " best; uncertain: too few images to tell checkpoints apart; not_measured: a score is"
                        + " missing. There may be others in time.",
                example = "overfit")
        String code,

        @Schema(
                description = "info: good to know; warning: the result is worse than it need be.",
                example = "warning",
                allowableValues = {"info", "warning"})
        String severity,

        @Schema(
                description = "What was seen, and what to do about it.",
                example = "CLIP-I of 0.688 is near the 0.676 of the real pictures among themselves, but CLIP-T's margin"
                        + " over other prompts fell from 0.301 to 0.144: images repeat the pictures instead of following prompts (overfit). Train"
                        + " fewer steps than 400, or with a lower learning rate (now 0.0007).")
        String message,

        @Schema(
                description = "What led to it, by name: a metric's name for the weights that are the result, with"
                        + " _untrained for the untrained model and with _real between the real pictures; step for"
                        + " their training step.",
                example = "{\"step\": 400, \"clip_i\": 0.688, \"clip_i_real\": 0.676, \"clip_t_margin\": 0.144}")
        Map<String, Number> figures) {

    static List<AdviceView> of(List<Advice> guidance) {
        return guidance.stream()
                .map(it -> new AdviceView(it.code(), it.severity().wire(), it.message(), it.figures()))
                .toList();
    }
}
