package dev.likeness.app.worker;

import static org.awaitility.Awaitility.await;

import dev.likeness.app.ServiceTest;
import dev.likeness.app.evaluation.EvaluationResults;
import dev.likeness.app.evaluation.EvaluationTable;
import dev.likeness.app.evaluation.Evaluations;
import dev.likeness.app.job.Job;
import dev.likeness.app.job.JobIntake;
import dev.likeness.app.job.Jobs;
import dev.likeness.app.subject.Subjects;
import dev.likeness.app.upload.AdmittedPictures;
import dev.likeness.app.upload.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Trains every method on the bundled subjects, with a real service and worker, and writes the documentation's tables and
 * contact sheets. An hour or two on two cores.
 */
@Tag("comparison")
@ServiceTest
@TestInstance(Lifecycle.PER_CLASS)
class MethodComparison {

    private static final Path DOCS = Path.of("src/docs");
    private static final List<String> SUBJECTS = List.of("owl", "running-shoe", "strawberry", "teddy-bear");
    private static final String DREAMBOOTH = "DreamBooth";
    private static final String ON_DREAMBOOTH = "Momentum textual inversion on DreamBooth";
    private static final Duration LONGEST_JOB = Duration.ofMinutes(30);

    /** What differs from the model's defaults; all have their seeds. */
    private static final List<Variant> VARIANTS = List.of(
            new Variant("Textual inversion", "{'method':'textual_inversion'}"),
            new Variant(
                    "Momentum textual inversion (anchor)",
                    "{'method':'momentum_textual_inversion','textual_inversion':{'gamma':0.1,'momentum_mode':'anchor'}}"),
            new Variant(
                    "Momentum textual inversion (ema)",
                    "{'method':'momentum_textual_inversion','textual_inversion':{'gamma':0.1,'momentum_mode':'ema'}}"),
            new Variant("LoRA", "{'method':'dreambooth_lora'}"),
            new Variant("DreamBooth without prior preservation", "{'prior':{'enabled':false}}"),
            new Variant(DREAMBOOTH, "{}"),
            new Variant(
                    ON_DREAMBOOTH,
                    "{'method':'momentum_textual_inversion','textual_inversion':{'gamma':0.1,'momentum_mode':'anchor'}}"));

    @Autowired
    ApplicationContext context;

    @Autowired
    Jobs jobs;

    @Autowired
    JobIntake intake;

    @Autowired
    Subjects subjects;

    @Autowired
    Evaluations evaluations;

    @Autowired
    EvaluationResults evaluationResults;

    @Autowired
    JsonMapper json;

    private WorkerBench bench;

    /** A way to train. */
    private record Variant(String name, String spec) {}

    @BeforeAll
    void start() {
        bench = new WorkerBench(context);
        bench.start("all", List.of(), Map.of("likeness.worker.threads", "0"));
    }

    @AfterAll
    void end() {
        bench.close();
    }

    @Test
    void writesTheTableAndTheContactSheets() throws IOException {
        ComparisonReport report = new ComparisonReport(context);
        for (String subject : SUBJECTS) {
            String classWord = classWord(subject);
            UUID pictures;
            try (AdmittedPictures admitted = subjects.admit(classWord, pictures(subject))) {
                pictures =
                        subjects.keep(classWord, admitted.pictures(), List.of()).id();
            }
            List<ComparisonReport.Trained> trained = new ArrayList<>();
            UUID dreamBooth = null;
            for (Variant variant : VARIANTS) {
                ObjectNode spec = (ObjectNode) json.readTree(variant.spec().replace('\'', '"'));
                if (variant.name().equals(ON_DREAMBOOTH)) {
                    spec.put("base_job_id", String.valueOf(dreamBooth));
                }
                Job job = run(pictures, classWord, spec);
                dreamBooth = variant.name().equals(DREAMBOOTH) ? job.id() : dreamBooth;
                trained.add(new ComparisonReport.Trained(variant.name(), job));
            }
            report.add(subject, trained);
            report.write(DOCS);
            if (subject.equals(SUBJECTS.get(0))) {
                ComparisonReport.writeSchedulers(DOCS, evaluate(trained));
            }
        }
    }

    /** Of the weights that were trained with prior preservation, and those without. */
    private EvaluationTable evaluate(List<ComparisonReport.Trained> trained) {
        ObjectNode request = json.createObjectNode().put("images_per_prompt", 8);
        trained.stream()
                .filter(it -> it.method().startsWith(DREAMBOOTH))
                .forEach(it -> request.withArray("job_ids").add(it.job().id().toString()));
        UUID id = evaluations.submit(request).id();
        await().atMost(LONGEST_JOB)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> evaluations.get(id).status().isFinal());
        return new EvaluationTable(evaluations.get(id).spec(), evaluationResults.rows(id), true);
    }

    private Job run(UUID pictures, String classWord, ObjectNode spec) {
        UUID id = intake.submit(pictures, intake.draft(classWord, spec)).id();
        await().atMost(LONGEST_JOB)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> jobs.get(id).status().isFinal());
        Job job = jobs.get(id);
        if (job.chosen() == null || job.error() != null) {
            throw new IllegalStateException("job %s: %s".formatted(id, job.error()));
        }
        return job;
    }

    private String classWord(String subject) throws IOException {
        try (InputStream in = getClass().getResourceAsStream("/subjects/%s/subject.json".formatted(subject))) {
            return json.readTree(in).required("class_word").asString();
        }
    }

    private static List<Upload> pictures(String subject) throws IOException {
        List<Upload> pictures = new ArrayList<>();
        for (int i = 1; i <= 6; i++) {
            ClassPathResource file = new ClassPathResource("subjects/%s/%d.png".formatted(subject, i));
            pictures.add(new Upload(i + ".png", file.contentLength(), file::getInputStream));
        }
        return pictures;
    }
}
