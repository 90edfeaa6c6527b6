package dev.likeness.app.worker.caption;

import static dev.likeness.app.worker.FakeEngine.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.caption.CaptionRun;
import dev.likeness.app.caption.Captions;
import dev.likeness.app.subject.Caption;
import dev.likeness.app.subject.CaptionOrigin;
import dev.likeness.app.subject.Subjects;
import dev.likeness.app.task.TaskStatus;
import dev.likeness.app.worker.FakeEngine;
import dev.likeness.app.worker.FakeWorkerTest;
import dev.likeness.app.worker.WorkerBench;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.json.JsonMapper;

@FakeWorkerTest
class CaptionRunnerTests {

    @Autowired
    ApplicationContext context;

    @Autowired
    Captions captions;

    @Autowired
    FakeEngine engine;

    private WorkerBench bench;

    @BeforeEach
    void setUp() {
        bench = new WorkerBench(context);
    }

    @Test
    void describesPicturesWithTheModelsOwnClip() {
        CaptionRun task = captioned("likeness/tiny-world");

        assertThat(task.captions()).hasSize(3).extracting(Caption::origin).containsOnly(CaptionOrigin.CLIP);
        assertThat(task.captions()).extracting(Caption::text).allMatch(text -> text.startsWith("a photo of a teapot"));
        assertThat(context.getBean(Subjects.class).get(bench.subject()).captions())
                .isEqualTo(task.captions());
        assertThat(engine.openCaptioners()).isZero();
    }

    @Test
    void describesPicturesWithBlipAndClosesIt() {
        CaptionRun task = captioned("tests/described");

        Caption caption = new Caption("a teapot of 256 pixels", CaptionOrigin.BLIP);
        assertThat(task.captions()).containsExactly(caption, caption, caption);
        assertThat(task.progressStep()).isEqualTo(3);
        assertThat(engine.openCaptioners()).isZero();
    }

    @Test
    void stopsDescribingAfterTheCurrentPicture() {
        CompletableFuture<UUID> id = new CompletableFuture<>();
        engine.onCaption(run(() -> captions.cancel(id.join())));
        CaptionRun task = propose("tests/described");
        id.complete(task.id());

        await().until(() -> captions.get(task.id()).status() == TaskStatus.CANCELED);
        assertThat(captions.get(task.id()).captions()).isEmpty();
        assertThat(engine.openCaptioners()).isZero();
    }

    private CaptionRun captioned(String model) {
        CaptionRun task = propose(model);
        await().until(() -> captions.get(task.id()).status() == TaskStatus.SUCCEEDED);
        return captions.get(task.id());
    }

    private CaptionRun propose(String model) {
        return captions.submit(
                bench.subject(), new JsonMapper().createObjectNode().put("model", model));
    }
}
