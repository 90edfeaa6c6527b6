package dev.likeness.app.subject;

import java.util.List;
import java.util.stream.Collectors;

/** An upload was refused as a whole. Nothing was stored. */
public class UnusablePicturesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<PictureProblem> problems;

    /** @param problems at least one */
    public UnusablePicturesException(List<PictureProblem> problems) {
        super(problems.stream().map(PictureProblem::message).collect(Collectors.joining(" ")));
        this.problems = List.copyOf(problems);
    }

    public List<PictureProblem> problems() {
        return problems;
    }
}
