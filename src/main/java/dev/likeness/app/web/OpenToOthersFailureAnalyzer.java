package dev.likeness.app.web;

import dev.likeness.app.web.LoopbackGuard.OpenToOthersException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do. */
class OpenToOthersFailureAnalyzer extends AbstractFailureAnalyzer<OpenToOthersException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, OpenToOthersException cause) {
        return new FailureAnalysis(
                "Likeness would listen to other machines (%s), but it has no authentication yet: whoever reaches it could use it."
                        .formatted(cause.getMessage()),
                "Leave server.address at 127.0.0.1, and put a proxy that authenticates in front if others are to use it.",
                cause);
    }
}
