package dev.likeness.diffusion.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.ThrowingConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The covered cases and their folder: the system property {@code goldens} if it is set, otherwise the folder in the
 * test resources.
 */
public final class GoldenCases {

    /** Every covered case, as {@code family/case}. The tokenizer's two cases are lists, with one test per string. */
    static final List<String> COVERED = List.of(
            "clip-tokenizer/cases",
            "clip-tokenizer/added_cases",
            "schedulers/ddim.10",
            "schedulers/ddim.25",
            "schedulers/ddim_eta.10",
            "schedulers/ddim_eta.25",
            "schedulers/ddim_trailing_v.10",
            "schedulers/ddim_trailing_v.25",
            "schedulers/pndm.10",
            "schedulers/pndm.25",
            "schedulers/ddpm.10",
            "schedulers/ddpm.25",
            "schedulers/euler.10",
            "schedulers/euler.25",
            "schedulers/euler_karras.10",
            "schedulers/euler_karras.25",
            "schedulers/euler_ancestral.10",
            "schedulers/euler_ancestral.25",
            "schedulers/dpmpp_2m.10",
            "schedulers/dpmpp_2m.25",
            "schedulers/dpmpp_2m_karras.10",
            "schedulers/dpmpp_2m_karras.25",
            "schedulers/dpmpp_2m_sde_karras.10",
            "schedulers/dpmpp_2m_sde_karras.25",
            "schedulers/unipc.10",
            "schedulers/unipc.25",
            "schedulers/lms.10",
            "schedulers/lms.25",
            "schedulers/heun.10",
            "schedulers/heun.25",
            "schedulers/add_noise",
            "tiny-sd1/text_encoder",
            "tiny-sd1/unet",
            "tiny-sd1/unet_rect",
            "tiny-sd1/vae",
            "tiny-sd1/pipeline",
            "tiny-sd1/dreambooth",
            "tiny-sd1/min_snr",
            "tiny-sd1/lora",
            "tiny-sd1/lora_pipeline",
            "tiny-sd1/textual_inversion",
            "tiny-sd1/momentum_textual_inversion",
            "tiny-sd2/text_encoder",
            "tiny-sd2/unet",
            "tiny-sd2/unet_rect",
            "tiny-sd2/vae",
            "tiny-sd2/pipeline",
            "tiny-sd2/dreambooth",
            "tiny-sd2/min_snr",
            "tiny-sd2/lora",
            "tiny-sd2/lora_pipeline",
            "tiny-sd2/textual_inversion",
            "tiny-sd2/momentum_textual_inversion",
            "tiny-sdxl/text_encoder",
            "tiny-sdxl/text_encoder_2",
            "tiny-sdxl/unet",
            "tiny-sdxl/unet_rect",
            "tiny-sdxl/vae",
            "tiny-sdxl/pipeline",
            "tiny-sdxl/dreambooth",
            "tiny-sdxl/min_snr",
            "tiny-sdxl/lora",
            "tiny-sdxl/lora_pipeline",
            "tiny-sdxl/textual_inversion",
            "tiny-vision/clip_i",
            "tiny-vision/clip_t",
            "tiny-vision/dino",
            "tiny-dinov2/cls",
            "tiny-blip/captions");

    private GoldenCases() {}

    /**
     * One test for each covered case of a family, displayed as {@code family/case}.
     *
     * @param check receives the case, selects by its {@link GoldenCase#name() name} and fails for an unknown name
     */
    public static Stream<DynamicTest> tests(String family, ThrowingConsumer<GoldenCase> check) {
        List<String> names = coveredOf(family);
        assertThat(names).as("covered cases of " + family).isNotEmpty();
        return names.stream()
                .map(name -> DynamicTest.dynamicTest(family + "/" + name, () -> check.accept(find(family, name))));
    }

    static List<String> coveredOf(String family) {
        String prefix = family + "/";
        return COVERED.stream()
                .filter(id -> id.startsWith(prefix))
                .map(id -> id.substring(prefix.length()))
                .toList();
    }

    /** The case with that name; fails if the folder has none. */
    static GoldenCase find(String family, String name) throws IOException {
        return inFolder(family).stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElseGet(() -> fail("%s/%s is covered but not in %s", family, name, folder()));
    }

    /** Every case of a family in the folder; empty without the family. */
    static List<GoldenCase> inFolder(String family) throws IOException {
        return inFolder(folder(), family);
    }

    /** The same in a folder of families. */
    static List<GoldenCase> inFolder(Path folder, String family) throws IOException {
        Path home = folder.resolve(family);
        Path file = home.resolve("cases.json");
        if (!Files.exists(file)) {
            return List.of();
        }
        JsonNode root = JsonMapper.shared().readTree(Files.readAllBytes(file));
        List<GoldenCase> cases = new ArrayList<>();
        // Named cases, or plain lists with names.
        if (root.has("tolerance")) {
            for (JsonNode c : root.required("cases")) {
                String name = c.required("name").stringValue();
                cases.add(new GoldenCase(family, home, name, root.get("tolerance"), c.required("settings")));
            }
        } else {
            for (String list : List.of("cases", "added_cases")) {
                Optional.ofNullable(root.get(list))
                        .ifPresent(c -> cases.add(new GoldenCase(
                                family, home, list, JsonMapper.shared().nullNode(), root)));
            }
        }
        return cases;
    }

    /** The families in the folder. */
    static List<String> families() throws IOException {
        try (Stream<Path> folders = Files.list(folder())) {
            return folders.filter(Files::isDirectory)
                    .map(f -> f.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    static Path folder() {
        String given = System.getProperty("goldens", "");
        if (!given.isBlank()) {
            return Path.of(given);
        }
        URL bundled = Objects.requireNonNull(GoldenCases.class.getResource("/goldens"), "no goldens on the class path");
        try {
            return Path.of(bundled.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
