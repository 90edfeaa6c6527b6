package dev.likeness.app.job;

import dev.likeness.app.spec.ImagePlan;
import dev.likeness.app.spec.JobSpec;
import java.util.stream.Stream;

/**
 * The work of a job.
 *
 * @param steps training steps
 * @param priorImages images of the class for prior preservation
 * @param previewImages images during training
 * @param scoringImages images that score the untrained model and the checkpoints
 * @param resultImages images of the result
 * @param samplerWork pixels of all images, each times its sampler steps. The time of sampling is about proportional to it
 */
public record JobWork(
        int steps, int priorImages, int previewImages, int scoringImages, int resultImages, double samplerWork) {

    public static JobWork of(JobSpec spec) {
        ImagePlan prior = spec.prior().plan(spec.prior().prompt(), spec.training());
        int scorings = spec.evaluation().checkpoints() + 1;
        double work = Stream.of(prior, spec.sampling().plan())
                        .mapToDouble(JobWork::samplerWork)
                        .sum()
                + scorings * (samplerWork(spec.scoringPlan()) + samplerWork(spec.classPlan()))
                + spec.previewImages() * perImage(spec.previewPlan());
        return new JobWork(
                spec.training().steps(),
                prior.images(),
                spec.previewImages(),
                spec.evaluationImages(),
                spec.images(),
                work);
    }

    public int images() {
        return priorImages + previewImages + scoringImages + resultImages;
    }

    private static double samplerWork(ImagePlan plan) {
        return plan.images() * perImage(plan);
    }

    private static double perImage(ImagePlan plan) {
        return (double) plan.settings().steps()
                * plan.settings().width()
                * plan.settings().height();
    }
}
