package dev.likeness.app.web.job;

import dev.likeness.app.job.ImageRole;
import dev.likeness.app.job.Job;
import dev.likeness.app.job.JobImage;
import dev.likeness.app.job.JobResults;
import dev.likeness.app.job.Jobs;
import dev.likeness.app.score.AveragedChoice;
import dev.likeness.app.score.Score;
import dev.likeness.app.score.TrainingAdvice;
import dev.likeness.app.score.Verdicts;
import dev.likeness.app.subject.Subject;
import dev.likeness.app.subject.Subjects;
import dev.likeness.app.task.TaskRef;
import dev.likeness.app.task.UnknownIdException;
import dev.likeness.app.task.UnknownIdException.Kind;
import dev.likeness.app.web.subject.InputReportView;
import dev.likeness.app.web.task.TaskViews;
import dev.likeness.app.web.view.ImageViews;
import dev.likeness.app.web.view.ScoreView;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Collects the data for views of several jobs. A view takes one transaction, because each costs two round trips more. */
@Component
@Transactional(readOnly = true)
public class JobViews implements TaskViews {

    private static final Set<ImageRole> OF_CHECKPOINTS =
            EnumSet.of(ImageRole.EVALUATION, ImageRole.CLASS, ImageRole.RAW_EVALUATION, ImageRole.RAW_CLASS);

    private final Jobs jobs;
    private final JobResults results;
    private final Subjects subjects;

    JobViews(Jobs jobs, JobResults results, Subjects subjects) {
        this.jobs = jobs;
        this.results = results;
        this.subjects = subjects;
    }

    @Override
    public TaskRef.Kind kind() {
        return TaskRef.Kind.JOB;
    }

    /** @throws UnknownIdException if there is no such job */
    @Override
    public JobView get(UUID id) {
        return of(jobs.get(id));
    }

    /** @throws UnknownIdException if the job was deleted meanwhile */
    public JobView of(Job job) {
        return of(List.of(job)).stream().findFirst().orElseThrow(() -> new UnknownIdException(Kind.JOB, job.id()));
    }

    /** Leaves out jobs that were deleted meanwhile. */
    public List<JobView> of(List<Job> page) {
        List<UUID> ids = page.stream().map(Job::id).toList();
        Map<UUID, Subject> pictured =
                subjects.find(page.stream().map(Job::subjectId).collect(Collectors.toSet()));
        Map<UUID, Integer> positions = jobs.queuePositions(ids);
        Map<UUID, List<JobImage>> images = results.imagesOfJobs(ids);
        Map<UUID, List<Score>> scores = results.scoresOf(ids);
        return page.stream()
                .flatMap(job -> Stream.ofNullable(pictured.get(job.subjectId())).map(subject -> {
                    List<Score> ofJob = scores.getOrDefault(job.id(), List.of());
                    return JobView.of(
                            job,
                            new JobView.Surroundings(
                                    positions.get(job.id()),
                                    InputReportView.of(
                                            subject,
                                            job.classWord(),
                                            job.spec().training().resolution(),
                                            job.id()),
                                    ScoreView.of(ofJob, new Verdicts(ofJob)),
                                    AdviceView.of(TrainingAdvice.of(
                                            job.spec(), AveragedChoice.ofChosen(ofJob, job.chosen()), job.chosen())),
                                    ImageViews.of(shown(images.getOrDefault(job.id(), List.of())), ofJob)));
                }))
                .toList();
    }

    /** Images for scores are shown with checkpoints; in a page of jobs they would be too many. */
    private static List<JobImage> shown(List<JobImage> images) {
        return images.stream().filter(it -> !OF_CHECKPOINTS.contains(it.role())).toList();
    }
}
