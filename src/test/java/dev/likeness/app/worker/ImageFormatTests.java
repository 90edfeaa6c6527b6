package dev.likeness.app.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.TestDatabase;
import dev.likeness.app.artifact.ArtifactStore;
import dev.likeness.app.generation.Generation;
import dev.likeness.app.generation.Generations;
import dev.likeness.app.job.ImageRole;
import dev.likeness.app.job.JobImage;
import dev.likeness.app.job.JobResults;
import dev.likeness.app.picture.PictureFormat;
import dev.likeness.app.picture.StoredPictures;
import dev.likeness.app.score.ImageSet;
import dev.likeness.app.score.Score;
import dev.likeness.app.spec.TestSpec;
import dev.likeness.app.task.TaskStatus;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Images that are asked for as JPEG or WebP. */
@FakeWorkerTest
class ImageFormatTests {

    @Autowired
    ApplicationContext context;

    @Autowired
    JobResults results;

    @Autowired
    Generations generations;

    @Autowired
    ArtifactStore artifacts;

    @Autowired
    StoredPictures pictures;

    private WorkerBench bench;

    @BeforeEach
    void setUp() {
        bench = new WorkerBench(context);
    }

    /** A JPEG of quality 1 has other greys than the image, so it would have other scores. */
    @Test
    void areScoredByTheirExactPixels() {
        UUID png = succeeded("png", 90);
        UUID jpeg = succeeded("jpeg", 1);

        assertThat(pixels(jpeg)).isNotEqualTo(pixels(png));
        assertThat(scores(jpeg)).isEqualTo(scores(png));
    }

    @Test
    void areTheOnlyImagesOfAJobInThatFormat() {
        UUID job = succeeded("webp", 80);

        List<JobImage> images = results.imagesOfJob(job);
        assertThat(images)
                .filteredOn(it -> it.role() == ImageRole.RESULT)
                .hasSize(4)
                .allSatisfy(it -> {
                    assertThat(it.format()).isEqualTo(PictureFormat.WEBP);
                    byte[] file = artifacts.bytes(it.fileSha256());
                    assertThat(HexFormat.of().formatHex(file, 0, 4)).isEqualTo("52494646");
                    assertThat(new String(file, StandardCharsets.UTF_8))
                            .contains("\"prompt\":\"a photo of a sks teapot", "likeness:recipe");
                    assertThat(new String(file, StandardCharsets.UTF_16BE)
                                    + new String(file, 1, file.length - 1, StandardCharsets.UTF_16BE))
                            .contains("a photo of a sks teapot", "\nSteps: 3, Sampler: DDIM, CFG scale: 5, Seed: ");
                });
        assertThat(images)
                .filteredOn(it -> it.role() != ImageRole.RESULT)
                .isNotEmpty()
                .allSatisfy(it -> assertThat(it.format()).isEqualTo(PictureFormat.PNG));
        assertThat(exactFiles(job)).isZero();
    }

    @Test
    void areThoseOfTheirGeneration() {
        UUID job = succeeded("jpeg", 1);
        Generation asAsked = generate(job, "{\"image_format\": \"png\"}");
        Generation asTheJob = generate(job, "{}");

        assertThat(results.imagesOfGeneration(asAsked.id()))
                .extracting(JobImage::format)
                .containsOnly(PictureFormat.PNG);
        assertThat(results.imagesOfGeneration(asTheJob.id()))
                .extracting(JobImage::format)
                .containsOnly(PictureFormat.JPEG);
        assertThat(results.scoresOfGeneration(asTheJob.id()))
                .usingRecursiveComparison()
                .isEqualTo(results.scoresOfGeneration(asAsked.id()));
        assertThat(exactFiles(job)).isZero();
    }

    private int exactFiles(UUID job) {
        return TestDatabase.of(context)
                .rows("job_image where exact_sha256 is not null and job_id = '%s'".formatted(job));
    }

    private UUID succeeded(String format, int quality) {
        JobWatch watch = bench.submit(
                TestSpec.small()
                        .with("training.steps", 5)
                        .with("sampling.image_format", format)
                        .with("sampling.image_quality", quality)
                        .spec(),
                null);
        watch.awaitStatus(TaskStatus.SUCCEEDED);
        return watch.id();
    }

    private Generation generate(UUID job, String request) {
        Generation generation =
                generations.submit(job, (ObjectNode) JsonMapper.shared().readTree(request));
        await().until(() -> generations.get(generation.id()).status() == TaskStatus.SUCCEEDED);
        return generation;
    }

    private List<Byte> pixels(UUID job) {
        return results.imagesOfJob(job).stream()
                .filter(it -> it.role() == ImageRole.RESULT)
                .map(it -> pictures.read(it.fileSha256()).rgb()[0])
                .toList();
    }

    private List<Score> scores(UUID job) {
        return results.scoresOf(List.of(job)).getOrDefault(job, List.of()).stream()
                .filter(it -> it.images() == ImageSet.RESULTS)
                .toList();
    }
}
