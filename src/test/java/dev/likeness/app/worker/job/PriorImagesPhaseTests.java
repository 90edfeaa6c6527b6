package dev.likeness.app.worker.job;

import static dev.likeness.app.worker.FakeEngine.fail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.TestDatabase;
import dev.likeness.app.artifact.ArtifactStore;
import dev.likeness.app.picture.StoredPictures;
import dev.likeness.app.task.TaskStatus;
import dev.likeness.app.worker.FakeEngine;
import dev.likeness.app.worker.FakeWorkerTest;
import dev.likeness.app.worker.JobWatch;
import dev.likeness.app.worker.WorkerBench;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.pipeline.TrainingRequest;
import dev.likeness.diffusion.training.Prompts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Images of the untrained model that jobs share. */
@FakeWorkerTest
class PriorImagesPhaseTests {

    @Autowired
    ApplicationContext context;

    @Autowired
    FakeEngine engine;

    @Autowired
    ArtifactStore artifacts;

    @Autowired
    StoredPictures pictures;

    @Autowired
    TestDatabase database;

    private WorkerBench bench;

    @BeforeEach
    void setUp() {
        bench = new WorkerBench(context);
    }

    @Test
    void generatesPriorImagesOnceForAllJobsWithTheSameSettings() {
        bench.submit(5).awaitStatus(TaskStatus.SUCCEEDED);
        int first = engine.prompts().size();
        bench.submit(5).awaitStatus(TaskStatus.SUCCEEDED);

        assertThat(first).isEqualTo(4 + 3 * 4);
        assertThat(engine.prompts()).hasSize(first + 2 * 4);
    }

    @Test
    void generatesOnlyTheMissingPriorImages() {
        bench.submitWithPriorImages(3).awaitStatus(TaskStatus.SUCCEEDED);
        assertThat(engine.prompts()).hasSize(3 + 3 * 4);
        bench.submitWithPriorImages(5).awaitStatus(TaskStatus.SUCCEEDED);
        assertThat(engine.prompts()).hasSize(3 + 2 + 3 * 4 + 2 * 4);
        assertThat(engine.lastTraining().priorImages()).isEqualTo(5);
        bench.submitWithPriorImages(2).awaitStatus(TaskStatus.SUCCEEDED);
        assertThat(engine.prompts()).hasSize(3 + 2 + 3 * 4 + 2 * 2 * 4);
        assertThat(engine.lastTraining().priorImages()).isEqualTo(2);
    }

    @Test
    void takesTheImagesOfAClassSetInPlaceOfGeneratedOnes() {
        UUID set = set("a white {class}", null, "a red {class}");

        bench.submitWithClassSet(set, 2, null).awaitStatus(TaskStatus.SUCCEEDED);

        assertThat(engine.prompts()).hasSize(3 * 4);
        TrainingRequest.Prior prior = prior();
        assertThat(prior.images()).extracting(it -> it.rgb()[0] & 0xff).containsExactly(10, 20);
        assertThat(prior.prompts().captions()).containsExactly("a white teapot", "a photo of a teapot");
        assertThat(prior.weight()).isEqualTo(1);
    }

    @Test
    void hasOnePromptForImagesWithoutCaptions() {
        bench.submitWithClassSet(set(null, null), 2, null).awaitStatus(TaskStatus.SUCCEEDED);

        assertThat(prior().prompts()).isEqualTo(Prompts.fixed("a photo of a teapot"));
    }

    @Test
    void mixesTheImagesOfAClassSetWithGeneratedOnes() {
        UUID set = set("a white {class}", null);

        bench.submitWithClassSet(set, 5, 0.4).awaitStatus(TaskStatus.SUCCEEDED);
        assertThat(engine.prompts()).hasSize(3 + 3 * 4);
        assertThat(prior().images()).hasSize(5);
        assertThat(prior().prompts().captions())
                .containsExactly(
                        "a white teapot",
                        "a photo of a teapot",
                        "a photo of a teapot",
                        "a photo of a teapot",
                        "a photo of a teapot");

        // The generated ones are shared with a job without a class set.
        bench.submitWithPriorImages(3).awaitStatus(TaskStatus.SUCCEEDED);
        assertThat(engine.prompts()).hasSize(3 + 3 * 4 + 2 * 4);
    }

    private TrainingRequest.Prior prior() {
        return Objects.requireNonNull(engine.lastTraining().request().prior());
    }

    /** A set with a gray image for each caption. */
    private UUID set(@Nullable String... captions) {
        List<String> files = new ArrayList<>();
        for (int i = 1; i <= captions.length; i++) {
            byte[] gray = new byte[64 * 64 * 3];
            Arrays.fill(gray, (byte) (10 * i));
            files.add(pictures.keep(new RgbImage(64, 64, gray), Map.of()).sha256());
        }
        return database.classSets().add(files, Arrays.asList(captions));
    }

    @Test
    void losesNoMoreThanABatchOfPriorImages() {
        engine.onImage(17, fail("no more paint"));
        JobWatch watch = bench.submitWithPriorImages(20);
        watch.awaitStatus(TaskStatus.FAILED);
        assertThat(engine.prompts()).hasSize(16);

        bench.submitWithPriorImages(20).awaitStatus(TaskStatus.SUCCEEDED);
        assertThat(engine.prompts()).hasSize(20 + 3 * 4);
    }

    @Test
    void scoresTheUntrainedModelWithTheImagesOfAnotherJob() {
        JobWatch first = bench.submitWithoutPrior(5);
        first.awaitStatus(TaskStatus.SUCCEEDED);
        int generated = engine.prompts().size();
        JobWatch second = bench.submitWithoutPrior(5);
        second.awaitStatus(TaskStatus.SUCCEEDED);

        assertThat(engine.prompts()).hasSize(generated + 2 * 4);
        for (String role : List.of("evaluation", "before")) {
            assertThat(second.untrained(role)).isNotEmpty().isEqualTo(first.untrained(role));
        }
        assertThat(second.scores()).isEqualTo(first.scores());
    }

    @Test
    void generatesADamagedImageOfTheUntrainedModelAgain() throws IOException {
        JobWatch first = bench.submitWithoutPrior(5);
        first.awaitStatus(TaskStatus.SUCCEEDED);
        int generated = engine.prompts().size();
        Path file = artifacts.local(first.untrained("evaluation").get(1));
        Files.writeString(file, "no picture");
        JobWatch second = bench.submitWithoutPrior(5);
        second.awaitStatus(TaskStatus.SUCCEEDED);

        assertThat(engine.prompts()).hasSize(generated + 2 * 4 + 1);
        assertThat(second.untrained("evaluation")).isEqualTo(first.untrained("evaluation"));
    }

    /** The engine generates other images than before, as another processor does. */
    @Test
    void replacesADamagedImageForLaterJobs() throws IOException {
        JobWatch first = bench.submitWithoutPrior(5);
        first.awaitStatus(TaskStatus.SUCCEEDED);
        String damaged = first.untrained("evaluation").get(1);
        Files.writeString(artifacts.local(damaged), "no picture");
        engine.learns(step -> 77);
        JobWatch second = bench.submitWithoutPrior(5);
        second.awaitStatus(TaskStatus.SUCCEEDED);
        int generated = engine.prompts().size();
        JobWatch third = bench.submitWithoutPrior(5);
        third.awaitStatus(TaskStatus.SUCCEEDED);

        assertThat(engine.prompts()).hasSize(generated + 2 * 4);
        assertThat(third.untrained("evaluation"))
                .isEqualTo(second.untrained("evaluation"))
                .doesNotContain(damaged);
    }

    @Test
    void replacesADamagedPriorImage() throws IOException {
        bench.submitWithPriorImages(3).awaitStatus(TaskStatus.SUCCEEDED);
        List<String> files = database.priorImages();
        Files.delete(artifacts.local(files.get(0)));
        Files.writeString(artifacts.local(files.get(2)), "no picture");
        engine.learns(step -> 77);
        int generated = engine.prompts().size();
        bench.submitWithPriorImages(3).awaitStatus(TaskStatus.SUCCEEDED);

        assertThat(engine.prompts()).hasSize(generated + 2 + 2 * 4);
        assertThat(engine.lastTraining().priorImages()).isEqualTo(3);
        assertThat(database.priorImages()).contains(files.get(1)).doesNotContain(files.get(0), files.get(2));

        bench.submitWithPriorImages(3).awaitStatus(TaskStatus.SUCCEEDED);
        assertThat(engine.prompts()).hasSize(generated + 2 + 4 * 4);
    }
}
