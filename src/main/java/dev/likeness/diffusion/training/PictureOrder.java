package dev.likeness.diffusion.training;

import dev.likeness.diffusion.schedule.RandomDraws;
import dev.likeness.diffusion.schedule.RandomDraws.Purpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The pictures of each pass. Every picture is used once in a round, in an order that changes from round to round. */
final class PictureOrder {

    private final RandomDraws draws;
    private final int kind;
    private final int kinds;
    private final int batchSize;

    /**
     * @param kind of pictures, which has its own order
     * @param kinds their number
     * @param batchSize pictures of a pass
     */
    PictureOrder(RandomDraws draws, int kind, int kinds, int batchSize) {
        this.draws = draws;
        this.kind = kind;
        this.kinds = kinds;
        this.batchSize = batchSize;
    }

    /**
     * The pictures of a pass. Batches continue over the end of a round.
     *
     * @param pass number in the run
     * @param count of all pictures
     */
    List<Integer> mixed(long pass, int count) {
        List<Integer> batch = new ArrayList<>();
        for (long place = pass * batchSize; place < (pass + 1) * batchSize; place++) {
            batch.add(round((int) (place / count), count)[(int) (place % count)]);
        }
        return batch;
    }

    /**
     * The pictures of a pass, all of one bucket. In a round each bucket is used up, so its last batch can be smaller, as in
     * kohya's sd-scripts. A batch comes when its last picture does, and an incomplete one at the end of the round.
     *
     * @param pass number in the run
     * @param buckets the bucket of each picture
     */
    List<Integer> ofOneBucket(long pass, List<?> buckets) {
        int batches = buckets.stream()
                .distinct()
                .mapToInt(bucket -> (count(buckets, bucket) + batchSize - 1) / batchSize)
                .sum();
        List<List<Integer>> round = batches(round((int) (pass / batches), buckets.size()), buckets);
        return round.get((int) (pass % batches));
    }

    private static int count(Collection<?> all, Object one) {
        return (int) all.stream().filter(one::equals).count();
    }

    private List<List<Integer>> batches(int[] order, List<?> buckets) {
        List<List<Integer>> batches = new ArrayList<>();
        Map<Object, List<Integer>> open = new LinkedHashMap<>();
        Arrays.stream(order).forEach(picture -> {
            Object bucket = buckets.get(picture);
            List<Integer> batch = open.computeIfAbsent(bucket, it -> new ArrayList<>());
            batch.add(picture);
            if (batch.size() == batchSize) {
                batches.add(batch);
                open.remove(bucket);
            }
        });
        batches.addAll(open.values());
        return batches;
    }

    private int[] round(int round, int count) {
        return draws.permutation(count, Purpose.SHUFFLE, kinds * round + kind);
    }
}
