package dev.likeness.diffusion.adapter;

import dev.likeness.diffusion.tensor.InvalidModelException;
import java.util.List;
import java.util.stream.Collectors;

/** An adapter file cannot be used with a base model. */
public class UnusableAdapterException extends InvalidModelException {

    private static final long serialVersionUID = 1L;

    private static final int NAMED_IN_MESSAGE = 8;

    private final transient List<KeyProblem> problems;

    /** @param problems at least one */
    public UnusableAdapterException(List<KeyProblem> problems) {
        super(problems.stream()
                .limit(NAMED_IN_MESSAGE)
                .map(KeyProblem::toString)
                .collect(Collectors.joining("; ", "the adapter cannot be used (%d): ".formatted(problems.size()), "")));
        this.problems = List.copyOf(problems);
    }

    UnusableAdapterException(KeyProblem problem) {
        this(List.of(problem));
    }

    /** All problems; those of unsupported kinds of adapters come first. */
    public List<KeyProblem> problems() {
        return problems;
    }
}
