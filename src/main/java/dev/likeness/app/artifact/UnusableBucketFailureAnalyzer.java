package dev.likeness.app.artifact;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Turns a refusal into two readable lines instead of a stack trace. */
final class UnusableBucketFailureAnalyzer extends AbstractFailureAnalyzer<UnusableBucketException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnusableBucketException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.action() + ".", cause);
    }
}
