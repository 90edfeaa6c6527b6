package dev.likeness.app.subject;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Compares items pairwise. Items are identified by position, from 0. */
final class Pairs {

    /** A measure of two items. */
    @FunctionalInterface
    interface Measure {
        double of(int one, int other);
    }

    /** Whether two items are similar. */
    @FunctionalInterface
    interface Likeness {
        boolean between(int one, int other);
    }

    private Pairs() {}

    /** Groups of items. Each item is similar to at least one other item of its group, but not necessarily to all. */
    static List<List<Integer>> groups(int count, Likeness likeness) {
        List<List<Integer>> groups = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int next = i;
            List<List<Integer>> joined = groups.stream()
                    .filter(group -> group.stream().anyMatch(it -> likeness.between(it, next)))
                    .toList();
            groups.removeAll(joined);
            groups.add(IntStream.concat(
                            joined.stream().flatMap(List::stream).mapToInt(Integer::intValue), IntStream.of(next))
                    .sorted()
                    .boxed()
                    .toList());
        }
        return groups;
    }

    /** The measures of all pairs, sorted. */
    static double[] sorted(List<Integer> things, Measure measure) {
        DoubleStream.Builder values = DoubleStream.builder();
        for (int i = 0; i < things.size(); i++) {
            for (int j = 0; j < i; j++) {
                values.add(measure.of(things.get(j), things.get(i)));
            }
        }
        return values.build().sorted().toArray();
    }

    /** The median of the measures of all pairs. */
    static double median(List<Integer> things, Measure measure) {
        double[] sorted = sorted(things, measure);
        return sorted[sorted.length / 2];
    }
}
