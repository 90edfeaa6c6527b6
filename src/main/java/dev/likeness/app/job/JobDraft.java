package dev.likeness.app.job;

import dev.likeness.app.caption.CaptionSpecs;
import dev.likeness.app.memory.JobMemory;
import dev.likeness.app.refusal.Violation;
import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.subject.Caption;
import dev.likeness.app.subject.CaptionOrigin;
import dev.likeness.app.subject.Subject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job that is ready to be submitted with its pictures.
 *
 * @param memory what it is planned to take; null if the size of its model is unknown
 */
public record JobDraft(
        String classWord, JobSpec spec, @Nullable JobMemory memory) {

    private static final List<String> CAPTIONS = List.of("spec", "training", "captions");

    /**
     * The captions for training, as far as they are known before a worker proposes captions.
     *
     * @param pictures number of pictures
     * @param ofSubject the subject's captions
     * @return one per picture, or none
     * @throws InvalidSpecException if requested captions are missing, or not one for each picture
     */
    public List<Caption> captions(int pictures, List<Caption> ofSubject) {
        List<Caption> captions = switch (spec.training().captions().source()) {
            case AUTO -> List.of();
            case SUBJECT -> named(ofSubject);
            case GIVEN ->
                spec.training().captions().texts().stream()
                        .map(text -> new Caption(text, CaptionOrigin.USER))
                        .toList();
        };
        if (!captions.isEmpty()) {
            CaptionSpecs.count(captions.size(), pictures, CAPTIONS).ifPresent(violation -> {
                throw new InvalidSpecException(List.of(violation));
            });
        }
        return captions;
    }

    /**
     * Checks what the spec says about pictures.
     *
     * @param pictures number of pictures
     * @throws InvalidSpecException if there is not one crop box for each picture
     */
    public void checkBoxes(int pictures) {
        int boxes = spec.training().cropBoxes().size();
        if (boxes > 0 && boxes != pictures) {
            throw new InvalidSpecException(List.of(new Violation(
                    List.of("spec", "training", "crop_boxes"),
                    "must have one box for each picture: %d, not %d; the box of a whole picture is 0, 0, 1, 1"
                            .formatted(pictures, boxes),
                    "wrong_length",
                    Map.of("min", pictures, "max", pictures))));
        }
    }

    /**
     * Checks what the spec says about the pictures of a subject.
     *
     * @throws InvalidSpecException if it uses masks and there are none, or if there is not one crop box for each picture
     */
    void check(Subject subject) {
        checkBoxes(subject.pictures().size());
        if (spec.mask().enabled() && subject.pictures().stream().allMatch(it -> it.mask() == null)) {
            throw new InvalidSpecException(List.of(new Violation(
                    List.of("spec", "mask", "enabled"),
                    "needs masks, and no picture of the subject has one; send masks with the pictures, or pictures with transparency",
                    "no_masks")));
        }
    }

    private List<Caption> named(List<Caption> ofSubject) {
        if (ofSubject.isEmpty()) {
            throw new InvalidSpecException(List.of(
                    new Violation(CAPTIONS, "the subject has no captions; add captions, or use auto", "no_captions")));
        }
        return ofSubject.stream()
                .map(caption -> new Caption(spec.name(caption.text(), classWord), caption.origin()))
                .toList();
    }
}
