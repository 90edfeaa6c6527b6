package dev.likeness.diffusion.tensor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The names of a network's weight files, which depend on the library that wrote them. */
public enum WeightFiles {
    DIFFUSERS("diffusion_pytorch_model", "diffusion_pytorch_model"),
    TRANSFORMERS("model", "pytorch_model");

    private final String stem;
    private final String torchStem;

    WeightFiles(String stem, String torchStem) {
        this.stem = stem;
        this.torchStem = torchStem;
    }

    /** The name of safetensors files, without number and ending. */
    public String stem() {
        return stem;
    }

    /** The name of files of {@code torch.save}, without number and ending. */
    public String torchStem() {
        return torchStem;
    }

    /** The name of a safetensors file with all weights. */
    public String file() {
        return stem + ".safetensors";
    }

    /**
     * The weight files of a folder. If it contains none, {@code config.json} decides: diffusers writes {@code _class_name} into
     * it, transformers does not.
     */
    static WeightFiles in(Path folder) {
        return Stream.of(values())
                .filter(each -> each.isIn(folder))
                .findFirst()
                .orElseGet(() ->
                        ModelConfig.tree(folder.resolve("config.json")).has("_class_name") ? DIFFUSERS : TRANSFORMERS);
    }

    private boolean isIn(Path folder) {
        return Stream.of(file(), file() + ".index.json").anyMatch(name -> Files.exists(folder.resolve(name)));
    }
}
