package dev.likeness.app.spec;

import dev.likeness.diffusion.sampling.GuidanceInterval;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The field {@code guidance_interval} of a spec: both ends, or an empty list for guidance at all noise levels. */
public final class GuidanceEnds {

    private GuidanceEnds() {}

    /** A copy; empty for specs that were stored before there was one. A null inside stays, for the validation. */
    static List<Double> copy(@Nullable List<Double> ends) {
        return ends == null ? List.of() : Collections.unmodifiableList(new ArrayList<>(ends));
    }

    /** Valid ends as an interval; null for guidance at all noise levels. */
    public static @Nullable GuidanceInterval interval(List<Double> ends) {
        return ends.isEmpty() ? null : GuidanceInterval.of(ends);
    }
}
