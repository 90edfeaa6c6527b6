package dev.likeness.app.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A job's spec for tests: the shipped defaults with other values. A new setting with a default changes no test. */
public final class TestSpec {

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final ObjectNode tree;

    private TestSpec(ObjectNode tree) {
        this.tree = tree;
    }

    /** DreamBooth on the bundled model, small and quick, with prior images, and with scores of the last checkpoint. */
    public static TestSpec small() {
        ObjectNode tree = defaults();
        tree.remove("methods");
        tree.remove("optimizers");
        tree.put("model", "likeness/tiny-world");
        tree.put("identifier", "sks");
        tree.putNull("preset");
        return new TestSpec(tree)
                .with("training.steps", 20)
                .with("training.learning_rate", 7e-4)
                .with("training.batch_size", 2)
                .with("training.resolution", 64)
                .with("training.seed", 3)
                .with("training.checkpoint_every_seconds", 1)
                .with("prior.images", 4)
                .with("prior.steps", 3)
                .with("prior.guidance", 5)
                .with("prior.seed", 11)
                .with("lora.rank", 4)
                .with("lora.alpha", 4)
                .with("evaluation.checkpoints", 1)
                .with("evaluation.prompt_list", null)
                .with("evaluation.prompts_per_kind", 0)
                .with("evaluation.prompts", List.of("a photo of a {subject}", "a photo of a {subject} in the snow"))
                .with("evaluation.class_images", 2)
                .with("sampling.prompts", List.of("a photo of a {subject}", "a photo of a {subject} on the beach"))
                .with("sampling.images_per_prompt", 2)
                .with("sampling.steps", 3)
                .with("sampling.guidance", 5)
                .with("sampling.width", 64)
                .with("sampling.height", 64)
                .with("sampling.seed", 7);
    }

    private static ObjectNode defaults() {
        try {
            Map<String, Object> defaults = new Yaml().load(Files.readString(Path.of("configs/defaults.yml")));
            return JSON.valueToTree(defaults);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Changes a setting of this spec.
     *
     * @param setting as requests name it, with its section: {@code training.steps}
     * @param value as in JSON
     */
    public TestSpec with(String setting, @Nullable Object value) {
        int point = setting.lastIndexOf('.');
        ObjectNode section = point < 0 ? tree : (ObjectNode) tree.required(setting.substring(0, point));
        String name = setting.substring(point + 1);
        assertThat(section.has(name)).as("there is a setting " + setting).isTrue();
        section.set(name, JSON.valueToTree(value));
        return this;
    }

    /** The spec. Its bounds are not checked. */
    public JobSpec spec() {
        return JSON.treeToValue(tree, JobSpec.class);
    }
}
