package dev.likeness.diffusion.sampling;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/**
 * The noise levels where guidance acts (Kynkäänniemi et al. 2024, arXiv:2404.07724, section 3): above {@code low}, up to
 * and including {@code high}. Elsewhere its scale is 1. In JSON it is a list of both ends.
 *
 * @param low sigma = sqrt((1 - alpha-bar) / alpha-bar), as {@link dev.likeness.diffusion.schedule.Solver#noiseLevel}; 0
 *     or more, below {@code high}
 * @param high sigma
 */
public record GuidanceInterval(double low, double high) {

    public GuidanceInterval {
        if (!(low >= 0 && low < high)) {
            throw new IllegalArgumentException(
                    "guidance above sigma %s, up to sigma %s: the first must be 0 or more, and below the second"
                            .formatted(low, high));
        }
    }

    /**
     * An interval from its list.
     *
     * @param ends low and high
     */
    @JsonCreator
    public static GuidanceInterval of(List<Double> ends) {
        if (ends.size() != 2) {
            throw new IllegalArgumentException("%s: an interval has two ends".formatted(ends));
        }
        return new GuidanceInterval(ends.get(0), ends.get(1));
    }

    /** Low and high. */
    @JsonValue
    public List<Double> ends() {
        return List.of(low, high);
    }

    /** Whether guidance acts at a noise level. */
    public boolean contains(double sigma) {
        return low < sigma && sigma <= high;
    }
}
