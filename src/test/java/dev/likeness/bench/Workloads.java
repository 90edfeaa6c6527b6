package dev.likeness.bench;

import java.util.List;
import java.util.Locale;

/** The workloads by their names. */
final class Workloads {

    /** Those that run if no other is named. */
    static final List<String> DEFAULT = List.of(
            "train-full",
            "train-full-prior",
            "train-full-text",
            "train-full-checkpointing",
            "train-lora",
            "train-lora-prior",
            "train-lora-bf16",
            "train-ti",
            "sample",
            "vae-encode",
            "vae-decode",
            "text",
            "score");

    private Workloads() {}

    /** @throws IllegalArgumentException if the name is unknown */
    static Workload named(String name) {
        return switch (name) {
            case "sample" -> new SamplingWorkload();
            case "vae-encode", "vae-decode", "text", "score" ->
                PartWorkload.valueOf(name.replace('-', '_').toUpperCase(Locale.ROOT));
            case "matmul", "convolution", "copy" -> MachineWorkload.valueOf(name.toUpperCase(Locale.ROOT));
            case "start", "job" -> ServiceWorkload.named(name);
            default -> LoadWorkload.isOne(name) ? LoadWorkload.named(name) : TrainingWorkload.named(name);
        };
    }
}
