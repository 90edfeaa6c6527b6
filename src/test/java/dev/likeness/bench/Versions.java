package dev.likeness.bench;

import ai.djl.engine.Engine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Names of what a measurement depends on. */
final class Versions {

    private Versions() {}

    static Map<String, String> here() {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("engine", "likeness " + commit());
        versions.put("torch", Engine.getEngine("PyTorch").getVersion());
        versions.put("djl", Engine.getDjlVersion());
        versions.put("java", Runtime.version().toString());
        versions.put("processor", processor());
        versions.put("kernel", System.getProperty("os.version"));
        return versions;
    }

    /** The commit of the folder that this process runs in, with a plus sign if files differ from it. */
    private static String commit() {
        return output("git", "describe", "--always", "--dirty=+", "--abbrev=12");
    }

    private static String processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static String output(String... command) {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? text : "unknown";
        } catch (IOException e) {
            return "unknown";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }
}
