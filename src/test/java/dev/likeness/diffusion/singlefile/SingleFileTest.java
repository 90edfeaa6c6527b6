package dev.likeness.diffusion.singlefile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Conversions of small checkpoints. */
abstract class SingleFileTest {

    @TempDir
    Path home;

    static Stream<TinyCheckpoint> families() {
        return Stream.of(TinyCheckpoint.sd1(), TinyCheckpoint.sd2(), TinyCheckpoint.sdxl());
    }

    SingleFile open(TinyCheckpoint checkpoint) throws IOException {
        return SingleFile.open(
                checkpoint.write(home.resolve("m.safetensors")), checkpoint.options(home.resolve("config")));
    }

    Path convert(TinyCheckpoint checkpoint) throws IOException {
        Path folder = home.resolve("models/converted");
        open(checkpoint).convert(folder);
        return folder;
    }

    static JsonNode read(Path file) {
        return JsonMapper.shared().readTree(file.toFile());
    }

    static List<String> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .toList();
        }
    }
}
