package dev.likeness.diffusion.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class FlowConfigTests {

    @Test
    void fillsInWhatTheFileDoesNotSay() {
        assertThat(FlowConfig.from(file("{}"))).isEqualTo(new FlowConfig(1000, 1, null));
        assertThat(FlowConfig.from(file("{'use_dynamic_shifting': true}")).dynamic())
                .isEqualTo(new FlowConfig.DynamicShift(0.5, 1.15, 256, 4096));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'num_train_timesteps': 1.5",
                "'shift': 0",
                "'shift': 'much'",
                "'shift_terminal': 0.1",
                "'invert_sigmas': true",
                "'stochastic_sampling': true",
                "'use_karras_sigmas': true",
                "'use_exponential_sigmas': true",
                "'use_beta_sigmas': true",
                "'use_dynamic_shifting': 'maybe'",
                "'time_shift_type': 'linear', 'use_dynamic_shifting': true",
                "'base_shift': 1000, 'use_dynamic_shifting': true",
                "'max_shift': -1000, 'use_dynamic_shifting': true",
                "'base_image_seq_len': 4096, 'use_dynamic_shifting': true"
            })
    void refusesWhatItDoesNotUnderstandNamingTheField(String fields) {
        String field = fields.split("'")[1];

        assertThatIllegalArgumentException()
                .isThrownBy(() -> FlowConfig.from(file("{" + fields + "}")))
                .withMessageStartingWith(field + ": ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'shift_terminal': null",
                "'time_shift_type': 'linear'",
                "'base_image_seq_len': 9999",
                "'shift': -1, 'use_dynamic_shifting': true"
            })
    void readsOnlyFieldsThatMatter(String fields) {
        assertThat(FlowConfig.from(file("{" + fields + "}")).timesteps()).isEqualTo(1000);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"DDIMScheduler", "Mine"})
    void refusesAFileOfAnotherKindOfNoise(@Nullable String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FlowConfig.from(name == null ? Map.of() : Map.of("_class_name", name)))
                .withMessageStartingWith("_class_name: the scheduler")
                .withMessageEndingWith("a rectified flow needs the scheduler FlowMatchEulerDiscreteScheduler");
    }

    @Test
    void picksTheProcessByTheNameOfTheClass() {
        Map<String, Object> flow = file("{}");

        assertThat(SchedulerClass.process(flow, FlowSettings.STABLE_DIFFUSION_3))
                .isInstanceOf(RectifiedFlow.class);
        assertThat(SchedulerClass.process(Map.of("_class_name", "DDIMScheduler"), FlowSettings.STABLE_DIFFUSION_3))
                .isInstanceOf(VariancePreserving.class);
        assertThat(SchedulerClass.process(Map.of(), null)).isInstanceOf(VariancePreserving.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SchedulerClass.process(flow, null))
                .withMessageContaining(
                        "FlowMatchEulerDiscreteScheduler is not supported: it describes a rectified flow, and this"
                                + " model's network does not predict the velocity of a flow");
    }

    private static Map<String, Object> file(String json) {
        Map<String, Object> fields = new HashMap<>(Map.of("_class_name", SchedulerClass.FLOW));
        JsonMapper.shared()
                .readTree(json.replace('\'', '"'))
                .properties()
                .forEach(e -> fields.put(e.getKey(), JsonMapper.shared().treeToValue(e.getValue(), Object.class)));
        return fields;
    }
}
