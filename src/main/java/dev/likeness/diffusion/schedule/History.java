package dev.likeness.diffusion.schedule;

import java.util.ArrayList;
import java.util.List;

/** The newest few of the arrays a multistep method has come by. */
final class History {

    private final int capacity;
    private final List<float[]> newestFirst = new ArrayList<>();

    History(int capacity) {
        this.capacity = capacity;
    }

    /** Forgets the oldest when full. The array is kept as it is, and must not change any more. */
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

    /** Sum of the newest, one for each weight; the first weight is the newest's. */
    float[] weighted(double... weights) {
        return Elementwise.sum(weights, newestFirst.subList(0, weights.length));
    }
}
