package dev.likeness.app.web.http;

import dev.likeness.app.web.http.LoopbackGuard.OpenToOthersException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Adds the remedy to the message. */
class OpenToOthersFailureAnalyzer extends AbstractFailureAnalyzer<OpenToOthersException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, OpenToOthersException cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action(), cause);
    }
}
