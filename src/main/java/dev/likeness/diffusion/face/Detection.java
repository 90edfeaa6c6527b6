package dev.likeness.diffusion.face;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** A face in pixels of the picture, as precise as the network's output, possibly reaching beyond the picture. */
record Detection(double left, double top, double right, double bottom, float score) {

    /** MediaPipe's: boxes that share more than this are one face. */
    private static final double SAME_FACE = 0.3;

    double width() {
        return right - left;
    }

    double height() {
        return bottom - top;
    }

    boolean sameFaceAs(Detection other) {
        double width = Math.min(right, other.right) - Math.max(left, other.left);
        double height = Math.min(bottom, other.bottom) - Math.max(top, other.top);
        if (width <= 0 || height <= 0) {
            return false;
        }
        double shared = width * height;
        return shared / (width() * height() + other.width() * other.height() - shared) > SAME_FACE;
    }

    /**
     * One detection per face: the one with the highest score. Its box is the mean of all overlapping detections,
     * weighted by their scores, which is more stable than non-maximum suppression.
     */
    static List<Detection> merge(List<Detection> detections) {
        List<Detection> left = new ArrayList<>(detections);
        left.sort(Comparator.comparingDouble(Detection::score).reversed());
        List<Detection> merged = new ArrayList<>();
        while (!left.isEmpty()) {
            Detection best = left.get(0);
            List<Detection> same = new ArrayList<>();
            same.add(best);
            left.remove(0);
            left.removeIf(it -> best.sameFaceAs(it) && same.add(it));
            merged.add(mean(same, best.score));
        }
        return merged;
    }

    static Detection mean(List<Detection> same, float score) {
        return new Detection(
                mean(same, Detection::left),
                mean(same, Detection::top),
                mean(same, Detection::right),
                mean(same, Detection::bottom),
                score);
    }

    private static double mean(List<Detection> same, ToDoubleFunction<Detection> edge) {
        double sum = 0;
        double weights = 0;
        for (Detection detection : same) {
            sum += edge.applyAsDouble(detection) * detection.score;
            weights += detection.score;
        }
        return sum / weights;
    }
}
