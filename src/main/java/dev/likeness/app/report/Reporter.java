package dev.likeness.app.report;

import dev.likeness.app.job.ImageRecipe;
import dev.likeness.app.job.ImageRole;
import dev.likeness.app.job.Job;
import dev.likeness.app.job.JobImage;
import dev.likeness.app.job.JobLog;
import dev.likeness.app.job.JobResults;
import dev.likeness.app.job.Jobs;
import dev.likeness.app.report.JobReport.Course;
import dev.likeness.app.report.JobReport.Inputs;
import dev.likeness.app.report.JobReport.Outcome;
import dev.likeness.app.report.JobReport.Picture;
import dev.likeness.app.report.JobReport.ResultGroup;
import dev.likeness.app.report.JobReport.ResultImage;
import dev.likeness.app.report.JobReport.ResultScore;
import dev.likeness.app.report.JobReport.Results;
import dev.likeness.app.score.AveragedChoice;
import dev.likeness.app.score.ChosenCheckpoint;
import dev.likeness.app.score.ImageSet;
import dev.likeness.app.score.Score;
import dev.likeness.app.score.TrainingAdvice;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.subject.Caption;
import dev.likeness.app.subject.Subject;
import dev.likeness.app.subject.SubjectPicture;
import dev.likeness.app.subject.Subjects;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Collects the content of a job's report. It reads rows only. */
@Component
public class Reporter {

    /** The most requested images in a report. */
    static final int RESULTS = 96;

    private final Jobs jobs;
    private final JobResults results;
    private final JobLog diary;
    private final Subjects subjects;
    private final Clock clock;

    Reporter(Jobs jobs, JobResults results, JobLog diary, Subjects subjects, Clock clock) {
        this.jobs = jobs;
        this.results = results;
        this.diary = diary;
        this.subjects = subjects;
        this.clock = clock;
    }

    /** @throws IllegalStateException if the job has no result yet */
    public JobReport report(UUID jobId) {
        Job job = jobs.get(jobId);
        ChosenCheckpoint chosen = job.chosen();
        if (chosen == null) {
            throw new IllegalStateException("job %s has no result to report".formatted(jobId));
        }
        List<Score> scores = results.scoresOf(List.of(jobId)).getOrDefault(jobId, List.of());
        List<JobImage> images = results.imagesOfJob(jobId);
        Map<String, Double> phases = new LinkedHashMap<>();
        job.phaseSeconds().forEach((phase, seconds) -> phases.put(phase.wire(), seconds));
        return new JobReport(
                "report",
                jobId,
                clock.instant(),
                inputs(job, subjects.get(job.subjectId())),
                job.spec(),
                new Outcome(
                        chosen,
                        TrainingAdvice.of(job.spec(), AveragedChoice.ofChosen(scores, chosen), chosen),
                        ScoreCurve.of(scores),
                        resultScores(scores, chosen.step()),
                        sheets(job, images),
                        results(job.spec(), images, chosen.step())),
                new Course(LossCurve.of(diary.training(jobId)), phases, diary.log(jobId)));
    }

    private static Inputs inputs(Job job, Subject subject) {
        List<Picture> pictures = new ArrayList<>();
        for (int i = 0; i < subject.pictures().size(); i++) {
            SubjectPicture picture = subject.pictures().get(i);
            Caption caption = i < job.captions().size() ? job.captions().get(i) : null;
            pictures.add(new Picture(
                    picture.fileName(),
                    picture.originalFormat(),
                    picture.width(),
                    picture.height(),
                    picture.fileSha256(),
                    caption == null ? null : job.spec().expand(caption.text(), job.classWord()),
                    caption == null ? null : caption.origin().wire()));
        }
        String instancePrompt = job.spec().expand(job.spec().instancePrompt(), job.classWord());
        return new Inputs(
                job.classWord(),
                job.identifier(),
                job.spec().placeholderToken(),
                job.model(),
                instancePrompt,
                pictures,
                subject.findings(job.classWord(), job.spec().training().resolution()));
    }

    private static List<ResultScore> resultScores(List<Score> scores, int step) {
        return scores.stream()
                .filter(it -> it.images() == ImageSet.RESULTS && it.step() == step)
                .sorted(Comparator.comparing(Score::metric))
                .map(ResultScore::of)
                .toList();
    }

    private static List<Sheet> sheets(Job job, List<JobImage> images) {
        JobSpec spec = job.spec();
        List<String> prompts = spec.evaluation().prompts().stream()
                .map(it -> spec.expand(it, job.classWord()))
                .toList();
        List<String> plain = List.of(spec.expand(JobSpec.CLASS_PROMPT, job.classWord()));
        List<Sheet> sheets = new ArrayList<>();
        sheets.add(ofSubject("subject", ImageRole.EVALUATION, spec, prompts, images));
        if (spec.training().average() != null) {
            sheets.add(ofSubject("raw", ImageRole.RAW_EVALUATION, spec, prompts, images));
        }
        sheets.add(Sheet.of(
                "class",
                plain,
                spec.evaluation().classImages(),
                images,
                EnumSet.of(ImageRole.BEFORE, ImageRole.CLASS)));
        return sheets;
    }

    private static Sheet ofSubject(
            String of, ImageRole role, JobSpec spec, List<String> prompts, List<JobImage> images) {
        return Sheet.of(of, prompts, spec.evaluation().imagesPerPrompt(), images, EnumSet.of(role));
    }

    private static Results results(JobSpec spec, List<JobImage> images, int step) {
        List<JobImage> all = images.stream()
                .filter(it -> it.role() == ImageRole.RESULT && it.step() == step)
                .toList();
        int each = spec.sampling().imagesPerPrompt();
        int shown = Math.max(1, RESULTS / spec.sampling().prompts().size());
        Map<String, List<ResultImage>> groups = all.stream()
                .filter(it -> it.position() % each < shown)
                .collect(Collectors.groupingBy(
                        it -> recipe(it).prompt(),
                        LinkedHashMap::new,
                        Collectors.mapping(
                                it -> new ResultImage(it.id(), it.fileSha256(), recipe(it)), Collectors.toList())));
        int there = groups.values().stream().mapToInt(List::size).sum();
        return new Results(
                groups.entrySet().stream()
                        .map(it -> new ResultGroup(it.getKey(), it.getValue()))
                        .toList(),
                all.size() - there);
    }

    private static ImageRecipe recipe(JobImage image) {
        return Objects.requireNonNull(image.recipe(), "a generated image has a recipe");
    }
}
