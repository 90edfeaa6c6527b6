package dev.likeness.app.upload;

import dev.likeness.app.picture.PictureProblem;
import dev.likeness.app.picture.PictureProblem.Kind;
import dev.likeness.app.refusal.Refusal;
import dev.likeness.app.refusal.RefusalKind;
import dev.likeness.app.refusal.Violation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** An upload was refused as a whole. Nothing was stored. */
public class UnusablePicturesException extends RuntimeException implements Refusal {

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

    @Override
    public RefusalKind kind() {
        Set<Kind> kinds = problems.stream().map(PictureProblem::kind).collect(Collectors.toSet());
        if (kinds.equals(Set.of(Kind.UNSUPPORTED_FORMAT))) {
            return RefusalKind.UNSUPPORTED_FORMAT;
        }
        return kinds.equals(Set.of(Kind.TOO_LARGE)) ? RefusalKind.TOO_LARGE : RefusalKind.UNUSABLE_PICTURES;
    }

    @Override
    public List<Violation> violations() {
        return problems.stream().map(UnusablePicturesException::violation).toList();
    }

    private static Violation violation(PictureProblem problem) {
        Integer index = problem.index();
        String fileName = problem.fileName();
        return new Violation(
                index == null ? List.of(problem.field()) : List.of(problem.field(), index.toString()),
                problem.message(),
                problem.kind().wire(),
                fileName == null ? Map.of() : Map.of("file_name", fileName));
    }
}
