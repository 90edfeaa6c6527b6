package dev.likeness.diffusion.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.likeness.diffusion.family.stablediffusion.StableDiffusion;
import dev.likeness.diffusion.schedule.FlowSettings;
import dev.likeness.diffusion.schedule.RectifiedFlow;
import dev.likeness.diffusion.tensor.Element;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.ModelHeaders;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The noise of a family whose networks predict the velocity of a rectified flow, and of those that do not. */
class FlowFamilyTests {

    private static final String FLOW = "FlowMatchEulerDiscreteScheduler";

    private final ModelFamily family = new FlowFamily();

    @Test
    void hasTheFlowOfItsSchedulersFile() {
        assertThat(family.noise(model(FLOW)))
                .isInstanceOfSatisfying(
                        RectifiedFlow.class,
                        flow -> assertThat(flow.trainSigmas()).hasSize(20));
        family.requireScheduler(FLOW);
    }

    @Test
    void refusesASchedulerWithBetas() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> family.requireScheduler("DDIMScheduler"))
                .withMessageContaining("DDIMScheduler is not supported");
        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> family.noise(model("DDIMScheduler")))
                .withMessage("scheduler/scheduler_config.json: _class_name: the scheduler DDIMScheduler is not"
                        + " supported: a rectified flow needs the scheduler " + FLOW);
    }

    @ParameterizedTest
    @EnumSource
    void isRefusedByFamiliesWithoutAFlow(StableDiffusion other) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> other.requireScheduler(FLOW))
                .withMessageContaining("it describes a rectified flow");
        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> other.noise(model(FLOW)))
                .withMessageContaining("it describes a rectified flow");
    }

    private static ModelHeaders model(String scheduler) {
        return new ModelHeaders() {
            @Override
            public boolean has(String part) {
                return true;
            }

            @Override
            public JsonNode document(String path) {
                return JsonMapper.shared().valueToTree(Map.of("_class_name", scheduler, "num_train_timesteps", 20));
            }

            @Override
            public Map<String, long[]> shapes(String part) {
                return Map.of();
            }

            @Override
            public Map<String, Element> elements(String part) {
                return Map.of();
            }
        };
    }

    private static final class FlowFamily implements ModelFamily {

        @Override
        public String id() {
            return "flow";
        }

        @Override
        public String pipeline() {
            return "FlowPipeline";
        }

        @Override
        public boolean matches(ModelHeaders model) {
            return true;
        }

        @Override
        public Map<String, ModelPart> parts() {
            return Map.of();
        }

        @Override
        public FlowSettings flow() {
            return FlowSettings.STABLE_DIFFUSION_3;
        }

        @Override
        public ModelOutline outline(ModelHeaders model) {
            throw new UnsupportedOperationException();
        }
    }
}
