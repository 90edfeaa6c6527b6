package dev.likeness.app.subject;

import dev.likeness.app.subject.PictureProblem.Kind;

/** One file was refused. The caller knows its name and completes the sentence. */
final class RefusedPictureException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** @param reason continues "NAME ", for instance "is animated; send a still picture" */
    RefusedPictureException(Kind kind, String reason) {
        super(reason);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
