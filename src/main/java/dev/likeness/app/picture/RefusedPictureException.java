package dev.likeness.app.picture;

import dev.likeness.app.picture.PictureProblem.Kind;

/** One file was refused. The caller knows its name and completes the sentence. */
public final class RefusedPictureException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** @param reason continues "NAME ", for instance "is animated; send a still picture" */
    public RefusedPictureException(Kind kind, String reason) {
        super(reason);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
