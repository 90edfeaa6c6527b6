package dev.likeness.app.worker.job;

import dev.likeness.app.job.ImageRole;
import dev.likeness.app.job.PriorImages.PriorSet;
import dev.likeness.app.spec.ImagePlan;
import dev.likeness.app.worker.InWorker;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.pipeline.GeneratedImage;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;

/**
 * The images that score the untrained model. They do not depend on the subject, so jobs with the same settings share
 * them, as they share prior images: one set for each prompt.
 */
@InWorker
@Component
class UntrainedImages {

    private final SharedImages shared;
    private final JobImageKeeper images;

    UntrainedImages(SharedImages shared, JobImageKeeper images) {
        this.shared = shared;
        this.images = images;
    }

    /** Adds to the job those of a plan that it lacks and another job has generated. */
    void share(JobRun run, ImageRole role, ImagePlan plan, UnaryOperator<String> prompt) {
        Set<Integer> present = images.present(run, role, 0);
        if (present.size() == plan.images()) {
            return;
        }
        for (int number = 0; number < plan.prompts().size(); number++) {
            share(run, role, plan, number, prompt, present);
        }
    }

    private void share(
            JobRun run,
            ImageRole role,
            ImagePlan plan,
            int number,
            UnaryOperator<String> prompt,
            Set<Integer> present) {
        PriorSet set = set(run, plan, number, prompt);
        shared.use(run, set, plan.imagesPerPrompt()).forEach((index, image) -> {
            int position = number * plan.imagesPerPrompt() + index;
            if (!present.contains(position)) {
                images.keep(run, role, position, generated(image, set, plan, plan.seed(number, index)), 0);
            }
        });
    }

    /** Adds one to the job and to those that other jobs share. */
    void keep(
            JobRun run,
            ImageRole role,
            ImagePlan plan,
            UnaryOperator<String> prompt,
            int position,
            GeneratedImage generated) {
        PriorSet set = set(run, plan, position / plan.imagesPerPrompt(), prompt);
        images.keep(
                run,
                role,
                position,
                generated,
                0,
                image -> shared.keep(run, set, position % plan.imagesPerPrompt(), image.file()));
    }

    private static PriorSet set(JobRun run, ImagePlan plan, int number, UnaryOperator<String> prompt) {
        return PriorKey.of(
                plan,
                number,
                prompt.apply(plan.prompts().get(number)),
                run.pipeline().info().hash());
    }

    private static GeneratedImage generated(RgbImage image, PriorSet set, ImagePlan plan, long seed) {
        return new GeneratedImage(
                image,
                new GeneratedImage.Recipe(
                        set.prompt(),
                        plan.negativePrompt(),
                        seed,
                        plan.settings(),
                        set.modelHash(),
                        plan.adapterScales(),
                        plan.fused()));
    }
}
