package dev.likeness.app.spec;

import java.util.Optional;

/** The rules of a caption, for captions outside of a spec. */
public final class CaptionRules {

    /** Maximum length in characters. */
    public static final int LENGTH = 1000;

    private CaptionRules() {}

    /** Why a caption is refused, to continue a sentence about it; empty if it is accepted. */
    public static Optional<String> check(String caption) {
        if (caption.codePointCount(0, caption.length()) > LENGTH) {
            return Optional.of("has more than %d characters; shorten it".formatted(LENGTH));
        }
        if (!PlainText.Validator.isPlain(caption)) {
            return Optional.of("has control characters; remove them");
        }
        return Placeholders.Validator.hasOnlyKnown(caption)
                ? Optional.empty()
                : Optional.of("has braces other than those of {subject} and {class}; remove them");
    }
}
