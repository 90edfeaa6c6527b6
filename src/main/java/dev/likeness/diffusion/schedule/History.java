package dev.likeness.diffusion.schedule;

import java.util.ArrayList;
import java.util.List;

/** The most recent arrays of a multistep method. */
final class History {

    private final int capacity;
    private final List<float[]> newestFirst = new ArrayList<>();

    History(int capacity) {
        this.capacity = capacity;
    }

    /**
     * Adds an array and drops the oldest one if the history is full. The array is not copied, so it must not be changed
     * afterwards.
     */
    void add(float[] values) {
        if (newestFirst.size() == capacity) {
            newestFirst.remove(capacity - 1);
        }
        newestFirst.add(0, values);
    }

    int size() {
        return newestFirst.size();
    }

    /** @param age 0 is the newest */
    float[] get(int age) {
        return newestFirst.get(age);
    }

    /** Weighted sum of the newest arrays; the first weight belongs to the newest. */
    float[] weighted(double... weights) {
        return Elementwise.sum(weights, newestFirst.subList(0, weights.length));
    }
}
