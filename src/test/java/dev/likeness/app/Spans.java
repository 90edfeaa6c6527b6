package dev.likeness.app;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;

/** The spans that ended last. */
public class Spans implements SpanProcessor {

    private static final int KEPT = 500;

    private final BlockingDeque<SpanData> ended = new LinkedBlockingDeque<>(KEPT);

    /** Spans of one trace, in the order of their ends. */
    public List<SpanData> of(String traceId) {
        return ended.stream().filter(it -> it.getTraceId().equals(traceId)).toList();
    }

    /** Spans with a name, in the order of their ends. */
    public List<SpanData> named(String name) {
        return ended.stream().filter(it -> it.getName().equals(name)).toList();
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {}

    @Override
    public boolean isStartRequired() {
        return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        while (!ended.offer(span.toSpanData())) {
            ended.poll();
        }
    }

    @Override
    public boolean isEndRequired() {
        return true;
    }
}
