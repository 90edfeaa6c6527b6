package dev.likeness.app.picture;

import dev.likeness.app.picture.PictureProblem.Kind;

/** One file was refused. The caller knows its name and completes the sentence. */
public final class RefusedPictureException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final boolean ofMask;

    /** @param reason continues "NAME ", for instance "is animated; send a still picture" */
    public RefusedPictureException(Kind kind, String reason) {
        this(kind, reason, false);
    }

    private RefusedPictureException(Kind kind, String reason, boolean ofMask) {
        super(reason);
        this.kind = kind;
        this.ofMask = ofMask;
    }

    /** The same refusal of the picture's mask. */
    public RefusedPictureException ofMask() {
        return new RefusedPictureException(kind, reason(), true);
    }

    /** Whether the file is a mask. */
    public boolean isOfMask() {
        return ofMask;
    }

    public Kind kind() {
        return kind;
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
