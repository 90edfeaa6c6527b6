package dev.likeness.bench;

import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.data.TrainingCrops;
import dev.likeness.diffusion.family.TextEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;

/** Work of the whole service, from outside. Each is one step, without warm-up. */
enum ServiceWorkload implements Workload {
    /** From the start of the service, with a new database, to a job's first training step; then the same with a warm worker. */
    START {
        @Override
        Sample.Used run(Service service, Task task, Map<String, Double> parts, Usage before)
                throws InterruptedException {
            String job = service.submit(SPEC_WITHOUT_PRIOR);
            service.await(job, FIRST_STEP);
            Sample.Used used = Sample.Used.between(before, Usage.of(service.processes()));
            parts.put(FIRST_STEP_PART, used.wallSeconds());
            service.cancel(job);
            service.await(job, END);
            long again = System.nanoTime();
            String second = service.submit(SPEC_WITHOUT_PRIOR);
            service.await(second, FIRST_STEP);
            parts.put("warm_first_step", secondsSince(again));
            service.cancel(second);
            return used;
        }
    },
    /** From submission to the end of a job with prior preservation, on a warm worker; then the same job again. */
    JOB {
        @Override
        Sample.Used run(Service service, Task task, Map<String, Double> parts, Usage before)
                throws InterruptedException {
            String warm = service.submit(SPEC_WITHOUT_PRIOR);
            service.await(warm, FIRST_STEP);
            service.cancel(warm);
            service.await(warm, END);
            Sample.Used first = whole(service, task, parts, "");
            parts.put("second_job", whole(service, task, parts, "second_job_").wallSeconds());
            return first;
        }

        private Sample.Used whole(Service service, Task task, Map<String, Double> parts, String prefix)
                throws InterruptedException {
            Usage start = Usage.of(service.processes());
            String job = service.submit(SPEC.formatted(
                    task.job().steps(), task.size().batch(), task.job().priorImages()));
            service.await(job, FIRST_STEP);
            parts.put(prefix + FIRST_STEP_PART, secondsSince(start.nanos()));
            service.await(job, END);
            Sample.Used used = Sample.Used.between(start, Usage.of(service.processes()));
            JsonNode done = service.job(job);
            if (!done.at("/status").asString().equals("succeeded")) {
                throw new IllegalStateException("the job failed: " + done.at("/error"));
            }
            done.at("/metrics/phase_seconds")
                    .properties()
                    .forEach(phase ->
                            parts.put(prefix + phase.getKey(), phase.getValue().asDouble()));
            return used;
        }
    };

    /** The event of the first loss, which the worker reports at most four times a second. */
    private static final String FIRST_STEP = "metric";

    private static final String END = "completed";

    /** Name of the time from submission to the first step. */
    private static final String FIRST_STEP_PART = "first_step";

    private static final String SPEC_WITHOUT_PRIOR = """
            {"training": {"steps": 10000}, "prior": {"enabled": false}, "previews": {"every_steps": 0}}""";

    /** Twelve images after training; of the scores, which are not part of the peer's work, as few as the service permits. */
    private static final String SPEC = """
            {"training": {"steps": %d, "batch_size": %d}, "prior": {"images": %d}, "previews": {"every_steps": 0},
             "evaluation": {"checkpoints": 1, "prompts": ["a photo of a {subject}"], "images_per_prompt": 1, "class_images": 2,
              "keep": "last"},
             "sampling": {"images_per_prompt": 4}}""";

    /** @throws IllegalArgumentException if the name is unknown */
    static ServiceWorkload named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /**
     * Does the work.
     *
     * @param parts seconds of what it consists of
     * @param before the start of the service
     * @return of the part that counts
     */
    abstract Sample.Used run(Service service, Task task, Map<String, Double> parts, Usage before)
            throws InterruptedException;

    static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    @Override
    public Sample measure(Task task) throws IOException, InterruptedException {
        Path home = Files.createTempDirectory("likeness-bench-home-");
        Usage before = Usage.of(List.of());
        Map<String, Double> parts = new LinkedHashMap<>();
        try (Service service = Service.start(home, task.effort())) {
            service.awaitAnswers();
            parts.put("answers", secondsSince(before.nanos()));
            Sample.Used used = run(service, task, parts, before);
            return new Sample(
                    List.of(used.wallSeconds()),
                    List.of(),
                    null,
                    parts,
                    parts.getOrDefault(FIRST_STEP_PART, 0.0),
                    null,
                    used,
                    new Sample.Peak(service.peakResident(), service.peakOfWorker(), null),
                    Versions.here());
        } finally {
            FileSystemUtils.deleteRecursively(home);
        }
    }

    /** The inputs of {@link #JOB}, with the bundled model's settings. */
    @Override
    public void export(Opened model, InputsWriter inputs) throws IOException {
        if (this != JOB) {
            throw new IllegalArgumentException("%s is no work for another program".formatted(wire()));
        }
        Task task = model.task();
        int side = task.size().side();
        inputs.note("kind", wire());
        inputs.note("steps", task.job().steps());
        inputs.note("prior_images", task.job().priorImages());
        inputs.note("batch", task.size().batch());
        inputs.note("learning_rate", 7e-4);
        inputs.note("guidance", 5);
        inputs.note("sampler_steps", 30);
        inputs.note("images_per_prompt", 4);
        inputs.note("side", side);
        inputs.put(
                "pictures",
                Opened.pictures("owl").stream()
                        .map(image -> TrainingCrops.middle(image, side).values(0, false))
                        .toList(),
                new Shape(3, side, side));
        List<String> prompts = List.of(
                "",
                "a photo of a bird",
                "a photo of a sks bird",
                "a photo of a sks bird on the beach",
                "a photo of a sks bird in the snow");
        List<TextEncoder> encoders = model.parts().conditioner().textEncoders();
        for (int i = 0; i < encoders.size(); i++) {
            inputs.put("ids." + i, encoders.get(i).ids(inputs.scope(), prompts));
        }
    }

    private String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
