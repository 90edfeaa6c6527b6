package dev.likeness.diffusion.pipeline;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** Few combinations of levels of factors that contain each pair of levels of two factors. */
final class PairwiseCover {

    private static final int CANDIDATES = 200;

    private final int[] levels;
    private final Random random = new Random(1);
    private final Set<Pair> left = new HashSet<>();

    private record Pair(int first, int ofFirst, int second, int ofSecond) {}

    /** @param levels how many each factor has */
    PairwiseCover(int... levels) {
        this.levels = levels.clone();
        for (int i = 0; i < levels.length; i++) {
            for (int j = i + 1; j < levels.length; j++) {
                for (int a = 0; a < levels[i]; a++) {
                    for (int b = 0; b < levels[j]; b++) {
                        left.add(new Pair(i, a, j, b));
                    }
                }
            }
        }
    }

    /** The combinations: a level of each factor. They are the same in each call of a program. */
    List<int[]> all() {
        List<int[]> all = new ArrayList<>();
        while (!left.isEmpty()) {
            int[] best = candidate();
            for (int i = 1; i < CANDIDATES; i++) {
                int[] other = candidate();
                if (gain(other) > gain(best)) {
                    best = other;
                }
            }
            left.removeAll(pairs(best));
            all.add(best);
        }
        return all;
    }

    /** Contains a pair that is left, so that each round makes progress. */
    private int[] candidate() {
        int[] row = IntStream.of(levels).map(random::nextInt).toArray();
        Pair wanted =
                left.stream().skip(random.nextInt(left.size())).findFirst().orElseThrow();
        row[wanted.first] = wanted.ofFirst;
        row[wanted.second] = wanted.ofSecond;
        return row;
    }

    private long gain(int[] row) {
        return pairs(row).stream().filter(left::contains).count();
    }

    private Set<Pair> pairs(int[] row) {
        Set<Pair> pairs = new HashSet<>();
        for (int i = 0; i < row.length; i++) {
            for (int j = i + 1; j < row.length; j++) {
                pairs.add(new Pair(i, row[i], j, row[j]));
            }
        }
        return pairs;
    }
}
