package dev.likeness.app.adapter;

import dev.likeness.app.refusal.Refusal;
import dev.likeness.app.refusal.RefusalKind;
import dev.likeness.app.refusal.Violation;
import java.util.List;
import java.util.Map;

/** An uploaded adapter was refused. Nothing was stored. */
public class RefusedAdapterException extends RuntimeException implements Refusal {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final transient List<Problem> problems;

    RefusedAdapterException(Reason reason, List<Problem> problems) {
        super(problems.toString());
        this.reason = reason;
        this.problems = List.copyOf(problems);
    }

    RefusedAdapterException(Reason reason, Problem problem) {
        this(reason, List.of(problem));
    }

    /** The kind of problem. */
    public enum Reason {
        /** A field of the form. */
        FIELD,
        /** The file is larger than allowed. */
        TOO_LARGE,
        /** The file is not a safetensors file. */
        FORMAT,
        /** The file does not fit the model, or has unknown tensors. */
        CONTENTS
    }

    /**
     * One problem.
     *
     * @param field of the form
     * @param message as text
     * @param type for programs
     * @param context figures and names, for programs
     */
    public record Problem(String field, String message, String type, Map<String, Object> context) {

        public Problem {
            context = Map.copyOf(context);
        }

        static Problem file(String message, String type) {
            return new Problem("file", message, type, Map.of());
        }
    }

    public Reason reason() {
        return reason;
    }

    /** At least one. */
    public List<Problem> problems() {
        return problems;
    }

    @Override
    public RefusalKind kind() {
        return switch (reason) {
            case FIELD -> RefusalKind.INVALID_REQUEST;
            case TOO_LARGE -> RefusalKind.TOO_LARGE;
            case FORMAT -> RefusalKind.UNSUPPORTED_FORMAT;
            case CONTENTS -> RefusalKind.UNUSABLE_ADAPTER;
        };
    }

    /** A file for another model has hundreds of tensors that do not fit. */
    @Override
    public int listed() {
        return 8;
    }

    @Override
    public List<Violation> violations() {
        return problems.stream()
                .map(it -> new Violation(List.of(it.field()), it.message(), it.type(), it.context()))
                .toList();
    }
}
