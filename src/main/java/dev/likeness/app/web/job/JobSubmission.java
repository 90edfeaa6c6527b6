package dev.likeness.app.web.job;

import dev.likeness.app.job.Job;
import dev.likeness.app.job.JobDraft;
import dev.likeness.app.job.JobIntake;
import dev.likeness.app.refusal.Violation;
import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.spec.SpecBinder;
import dev.likeness.app.spec.TrainingCaptions;
import dev.likeness.app.subject.Caption;
import dev.likeness.app.subject.CaptionOrigin;
import dev.likeness.app.subject.Subject;
import dev.likeness.app.subject.Subjects;
import dev.likeness.app.subject.UnknownSubjectException;
import dev.likeness.app.upload.AdmittedPictures;
import dev.likeness.app.upload.PictureSources;
import dev.likeness.app.upload.SentPictures;
import dev.likeness.app.upload.Upload;
import dev.likeness.app.upload.UploadSettings;
import dev.likeness.app.web.http.MaskPairs;
import dev.likeness.app.web.task.TaskRequests;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Submits a job with its subject and its options, in one transaction. */
@Component
class JobSubmission {

    private final JobIntake intake;
    private final PictureSources sources;
    private final UploadSettings limits;
    private final Subjects subjects;
    private final TaskRequests requests;

    JobSubmission(
            JobIntake intake, PictureSources sources, UploadSettings limits, Subjects subjects, TaskRequests requests) {
        this.intake = intake;
        this.sources = sources;
        this.limits = limits;
        this.subjects = subjects;
        this.requests = requests;
    }

    /** Checks the spec first, which is fast. Decoding pictures takes seconds, so it happens outside of the transaction. */
    Job submit(JobForm form) {
        JobDraft first = intake.draft(form.classWord(), form.spec());
        requests.check(form.options());
        try (SentPictures sent = sources.open(form.uploads(), form.imageUrls(), limits.ofSubject())) {
            List<Upload> pictures = MaskPairs.of(sent.pictures(), form.masks());
            List<String> texts = sent.captionOfEach();
            JobDraft draft = texts.isEmpty() || saysCaptions(form.spec())
                    ? first
                    : intake.draft(form.classWord(), withCaptionsOfSubject(form.spec()));
            List<Caption> captions = draft.captions(
                    sent.pictures().size(),
                    texts.stream()
                            .map(it -> new Caption(it, CaptionOrigin.USER))
                            .toList());
            draft.checkBoxes(pictures.size());
            try (AdmittedPictures admitted = subjects.admit(draft.classWord(), pictures)) {
                return requests.submit(
                        form.options(),
                        () -> intake.submit(
                                subjects.keep(draft.classWord(), admitted.pictures(), texts), draft, captions));
            }
        }
    }

    /** Whether a spec says which captions to train with. */
    private static boolean saysCaptions(ObjectNode spec) {
        JsonNode training = spec.path("training");
        return training.hasNonNull("captions") || training.hasNonNull("caption_source");
    }

    /** Captions beside the pictures are meant for training, unless the spec says otherwise. */
    private static ObjectNode withCaptionsOfSubject(ObjectNode spec) {
        return SpecBinder.overlay(
                spec,
                spec.objectNode()
                        .set(
                                "training",
                                spec.objectNode().put("caption_source", TrainingCaptions.Source.SUBJECT.wire())));
    }

    /** @throws InvalidSpecException also if the subject does not exist: its id is a field of the request */
    Job submit(JobRequest request) {
        try {
            Subject subject = subjects.get(request.subjectId());
            String classWord = Objects.requireNonNullElse(request.classWord(), subject.classWord());
            JobDraft draft = intake.draft(classWord, request.spec());
            requests.check(request.options());
            return requests.submit(request.options(), () -> intake.submit(subject.id(), draft));
        } catch (UnknownSubjectException e) {
            throw unknown(e);
        }
    }

    /**
     * Refuses what a submission refuses, and stores nothing.
     *
     * @throws InvalidSpecException also if the subject does not exist: its id is a field of the request
     */
    JobDraft plan(PlanRequest request) {
        try {
            Subject subject = request.subjectId() == null ? null : subjects.get(request.subjectId());
            String classWord =
                    request.classWord() == null && subject != null ? subject.classWord() : request.classWord();
            JobDraft draft = intake.draft(classWord, request.spec());
            requests.check(request.options());
            intake.check(subject, draft);
            return draft;
        } catch (UnknownSubjectException e) {
            throw unknown(e);
        }
    }

    private static InvalidSpecException unknown(UnknownSubjectException e) {
        return new InvalidSpecException(
                List.of(new Violation(List.of("subject_id"), "there is no subject %s".formatted(e.id()), "unknown")));
    }
}
