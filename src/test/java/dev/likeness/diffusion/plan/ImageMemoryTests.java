package dev.likeness.diffusion.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.diffusion.adapter.LoraTargets;
import dev.likeness.diffusion.family.Denoiser;
import dev.likeness.diffusion.graph.Ops;
import dev.likeness.diffusion.graph.Precision;
import dev.likeness.diffusion.graph.Topology;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How much memory the generation of images takes. */
class ImageMemoryTests extends MemoryPlanTest {

    @Test
    void takesAsManyAtOnceAsThePixelsAllow() {
        assertThat(new SamplingLoad(512, 512, 100).atOnce(16)).isEqualTo(4);
        assertThat(new SamplingLoad(64, 64, 100).atOnce(16)).isEqualTo(16);
        assertThat(new SamplingLoad(64, 64, 3).atOnce(16)).isEqualTo(3);
        assertThat(new SamplingLoad(64, 64, 100).atOnce(1)).isEqualTo(1);
        assertThat(new SamplingLoad(2048, 2048, 100).atOnce(16)).isEqualTo(1);
    }

    @Test
    void takesWhatTheLargestOfItsBatchesTakes() {
        SamplingLoad large = new SamplingLoad(512, 512, 4);
        SamplingLoad small = new SamplingLoad(256, 256, 4);

        assertThat(plan(drawing(small, large), PLAIN).estimate().sampling())
                .isEqualTo(plan(drawing(large), PLAIN).estimate().sampling())
                .isGreaterThan(plan(drawing(small), PLAIN).estimate().sampling());
    }

    @Test
    void takesLessImageByImage() {
        MemoryPlan plan = plan(drawing(new SamplingLoad(256, 256, 16)), PLAIN);
        Fit fit = plan.fit(plan.peak() - 1, ALL);

        assertThat(fit.savings()).containsExactly(MemorySaving.SINGLE_IMAGES);
        assertThat(fit.plan().options().imagesAtOnce()).isEqualTo(1);
    }

    @Test
    void copiesTheWeightsThatAnAdapterIsFusedInto() {
        List<SamplingLoad> images = List.of(new SamplingLoad(512, 512, 4));
        long attention = sd15.denoiser().parameters().attention();

        assertThat(drawn(LoraTargets.ATTENTION, true, images))
                .isEqualTo(drawn(LoraTargets.ATTENTION, false, images) + 4 * attention);
        assertThat(drawn(LoraTargets.ALL, true, images))
                .isGreaterThan(drawn(LoraTargets.ALL, false, images) + 4 * attention);
    }

    @Test
    void ofPreviewsStandsBesideTheOptimizer() {
        SamplingLoad images = new SamplingLoad(512, 512, 4);
        Workload with = new Workload(DREAMBOOTH, 64, 0, Precision.FP32, false, List.of(images), List.of(images));
        MemoryEstimate estimate = plan(with, PLAIN).estimate();

        assertThat(estimate.training())
                .isEqualTo(estimate.base()
                        + estimate.held()
                        + estimate.optimizer()
                        + Math.max(estimate.backward(), estimate.previews()));
        assertThat(estimate.previews()).isEqualTo(estimate.sampling()).isPositive();
    }

    @Test
    void takesHalfWhereTheDenoiserEmbedsGuidance() {
        ModelSize.Network denoiser = new ModelSize.Network(
                sd15.denoiser().parameters(), new Guided(sd15.denoiser().topology()));
        ModelSize embedding = new ModelSize(denoiser, sd15.textEncoders(), sd15.autoencoder(), sd15.scorers());
        Workload sixteen = drawing(new SamplingLoad(256, 256, 16));
        Workload eight = drawing(new SamplingLoad(256, 256, 8));

        assertThat(new MemoryPlan(embedding, sixteen, PLAIN).estimate().sampling())
                .isEqualTo(plan(eight, PLAIN).estimate().sampling())
                .isLessThan(plan(sixteen, PLAIN).estimate().sampling());
    }

    /** A denoiser whose scale of guidance is a further input. */
    private record Guided(Topology plain) implements Topology {

        @Override
        public String name() {
            return plain.name();
        }

        @Override
        public List<String> inputs() {
            return Stream.concat(plain.inputs().stream(), Stream.of(Denoiser.GUIDANCE))
                    .toList();
        }

        @Override
        public <T> List<T> build(Ops<T> ops, List<T> inputs) {
            return plain.build(ops, inputs.subList(0, plain.inputs().size()));
        }
    }

    private long drawn(LoraTargets targets, boolean fused, List<SamplingLoad> images) {
        Workload run = new Workload(lora(4, targets), 512, 0, Precision.FP32, fused, images, List.of());
        return plan(run, PLAIN).estimate().sampling();
    }
}
