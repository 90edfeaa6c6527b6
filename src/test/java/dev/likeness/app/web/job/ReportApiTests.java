package dev.likeness.app.web.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api;
import dev.likeness.app.Api.Answer;
import dev.likeness.app.ApiTest;
import dev.likeness.app.TestWorker;
import dev.likeness.app.artifact.ArtifactStore;
import dev.likeness.app.artifact.StoredFile;
import dev.likeness.app.job.ArtifactFormat;
import dev.likeness.app.job.ArtifactKind;
import dev.likeness.app.job.Job;
import dev.likeness.app.job.JobProgress;
import dev.likeness.app.job.Jobs;
import dev.likeness.app.job.NewArtifact;
import dev.likeness.app.job.TrainingViews;
import dev.likeness.app.report.JobReport;
import dev.likeness.app.report.ReportPage;
import dev.likeness.app.report.Reporter;
import dev.likeness.app.score.ChosenCheckpoint;
import dev.likeness.app.score.ImageSet;
import dev.likeness.app.score.Score;
import dev.likeness.app.subject.SubjectPicture;
import dev.likeness.app.subject.Subjects;
import dev.likeness.app.task.Lease;
import dev.likeness.diffusion.evaluation.Metric;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

@ApiTest
class ReportApiTests {

    @Autowired
    Api api;

    @Autowired
    Jobs jobs;

    @Autowired
    Subjects subjects;

    @Autowired
    JobProgress progress;

    @Autowired
    Reporter reporter;

    @Autowired
    ReportPage page;

    @Autowired
    TrainingViews views;

    @Autowired
    ArtifactStore artifacts;

    private UUID job;
    private Lease lease;

    @BeforeEach
    void setUp() {
        job = UUID.fromString(api.submit(Api.owl()).at("/id"));
        lease = progress.lease(job).orElseThrow().lease();
        progress.start(lease);
    }

    @Test
    void isLinkedFromTheJob() {
        keepReport();

        Answer answer = api.get(api.get("/v1/jobs/" + job).at("/urls/report"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().getContentType()).isEqualTo(MediaType.parseMediaType("text/html;charset=UTF-8"));
        assertThat(answer.text()).startsWith("<!DOCTYPE html>").contains("a photo of a sks teapot");
    }

    @Test
    void isServedSoThatABrowserRunsItsOwnScriptsAlone() {
        keepReport();

        Answer answer = api.get("/v1/jobs/%s/report".formatted(job));

        HttpHeaders headers = answer.headers();
        assertThat(headers.getFirst("Content-Security-Policy"))
                .startsWith("default-src 'none'; img-src data:; style-src 'sha256-")
                .contains("; script-src 'sha256-", "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
                .endsWith("; sandbox allow-scripts")
                .doesNotContain("unsafe", "http");
        assertThat(headers.getFirst("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(headers.getFirst("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(headers.getCacheControl()).contains("no-cache");
        assertThat(headers.containsHeader(HttpHeaders.CONTENT_DISPOSITION)).isFalse();
        String tag = Objects.requireNonNull(headers.getETag());
        assertThat(api.get("/v1/jobs/%s/report".formatted(job), it -> it.setIfNoneMatch(tag))
                        .status())
                .isEqualTo(304);
    }

    @Test
    void isServedAsJsonToo() {
        keepReport();

        Answer answer = api.get("/v1/jobs/%s/report/figures".formatted(job));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().getContentType()).isEqualTo(MediaType.APPLICATION_JSON);
        assertThat(answer.at("/job_id")).isEqualTo(job.toString());
        assertThat(answer.at("/checkpoint/step")).isEqualTo("400");
        assertThat(answer.at("/inputs/pictures/0/file_name")).isEqualTo("1.png");
        assertThat(answer.at("/results/groups/0/images/0/recipe/prompt")).isEqualTo("a photo of a sks teapot");
    }

    @Test
    void isListedAmongTheFiles() {
        keepReport();

        Answer list = api.get("/v1/jobs/%s/artifacts".formatted(job));

        assertThat(list.results("file_name")).containsExactlyInAnyOrder("report.html", "report.json");
        assertThat(list.results("kind")).containsOnly("report");
        assertThat(list.results("format")).containsExactlyInAnyOrder("html", "json");
    }

    @Test
    void isAProblemWhileItIsMissing() {
        Answer none = api.get("/v1/jobs/%s/report".formatted(job));

        assertThat(none.status()).isEqualTo(404);
        assertThat(none.headers().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(none.at("/code")).isEqualTo("not_found");
        assertThat(none.at("/detail")).isEqualTo("There is no report of job %s.".formatted(job));
        Answer browser = api.get("/v1/jobs/%s/report".formatted(job), it -> it.setAccept(List.of(MediaType.TEXT_HTML)));
        assertThat(browser.status()).isEqualTo(404);
        assertThat(api.get("/v1/jobs/%s/report".formatted(UUID.randomUUID())).at("/detail"))
                .startsWith("There is no job");
    }

    @Test
    void refusesAnotherFormat() {
        Answer answer = api.get("/v1/jobs/%s/report?format=pdf".formatted(job));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.at("/errors/0/loc/0")).isEqualTo("format");
    }

    @Test
    void saysInTheJobWhatItsScoresSuggest() {
        progress.addScores(lease, List.of(score(0, 0.1), score(200, 0.2), score(400, 0.3)));
        assertThat(api.get("/v1/jobs/" + job).body().at("/advice").size()).isZero();

        progress.choose(lease, new ChosenCheckpoint(400, ChosenCheckpoint.By.LAST, "it is the last"));

        Answer answer = api.get("/v1/jobs/" + job);
        assertThat(answer.at("/advice/0/code")).isEqualTo("undertrained");
        assertThat(answer.at("/advice/0/severity")).isEqualTo("warning");
        assertThat(answer.at("/advice/0/message")).startsWith("CLIP-I was still rising");
        assertThat(answer.at("/advice/0/figures/clip_i_untrained")).isEqualTo("0.1");
        assertThat(answer.body().get("guidance"))
                .as("the former name")
                .isEqualTo(answer.body().get("advice"));
    }

    private static Score score(int step, double value) {
        return new Score(
                new Score.Selection(ImageSet.CHECKPOINT, step, null),
                Metric.CLIP_I,
                Score.Outcome.of(value, 12, null),
                "clip",
                "all",
                0.7);
    }

    /** Stores a report like a worker, with one of the pictures as the result. */
    private void keepReport() {
        SubjectPicture picture =
                subjects.get(jobs.get(job).subjectId()).pictures().get(0);
        progress.choose(lease, new ChosenCheckpoint(400, ChosenCheckpoint.By.LAST, "it is the last"));
        progress.addImage(lease, TestWorker.image(new StoredFile(picture.fileSha256(), 0, "image/png"), 0));
        JobReport report = reporter.report(job);
        keep(ArtifactFormat.HTML, page.html(report, position -> views.of(job, position)));
        keep(ArtifactFormat.JSON, page.json(report));
        progress.succeed(lease, new Job.Outcome(null, null));
    }

    private void keep(ArtifactFormat format, byte[] content) {
        progress.addArtifact(
                lease,
                new NewArtifact(
                        ArtifactKind.REPORT,
                        format,
                        "report." + format.wire(),
                        artifacts.put("text/plain", out -> out.write(content)),
                        400));
    }
}
