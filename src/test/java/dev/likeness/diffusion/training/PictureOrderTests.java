package dev.likeness.diffusion.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.diffusion.schedule.RandomDraws;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PictureOrderTests {

    private static final List<String> BUCKETS = List.of("wide", "tall", "wide", "wide", "square", "tall", "wide");

    @Test
    void eachPassHasPicturesOfOneBucketAndEachRoundEveryPicture() {
        PictureOrder order = new PictureOrder(new RandomDraws(3), 0, 2, 3);
        List<List<List<Integer>>> rounds = new ArrayList<>();
        for (int round = 0; round < 4; round++) {
            List<List<Integer>> batches = new ArrayList<>();
            // Four wide pictures are two batches, and the others one each.
            for (int pass = 0; pass < 4; pass++) {
                batches.add(order.ofOneBucket(round * 4 + pass, BUCKETS));
            }
            rounds.add(batches);
        }

        assertThat(rounds).doesNotHaveDuplicates().allSatisfy(batches -> {
            assertThat(batches.stream().flatMap(List::stream)).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6);
            assertThat(batches)
                    .allSatisfy(batch -> assertThat(batch)
                            .hasSizeBetween(1, 3)
                            .allMatch(it -> BUCKETS.get(it).equals(BUCKETS.get(batch.get(0)))));
        });
    }

    @Test
    void withoutBucketsABatchContinuesInTheNextRound() {
        PictureOrder order = new PictureOrder(new RandomDraws(3), 1, 2, 2);
        List<Integer> places = new ArrayList<>();
        for (int pass = 0; pass < 3; pass++) {
            places.addAll(order.mixed(pass, 3));
        }

        assertThat(places.subList(0, 3)).containsExactlyInAnyOrder(0, 1, 2);
        assertThat(places.subList(3, 6)).containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void aLaterPassDependsOnNoEarlierOne() {
        PictureOrder fresh = new PictureOrder(new RandomDraws(3), 0, 2, 2);
        PictureOrder used = new PictureOrder(new RandomDraws(3), 0, 2, 2);
        for (int pass = 0; pass < 9; pass++) {
            used.ofOneBucket(pass, BUCKETS);
        }

        assertThat(used.ofOneBucket(9, BUCKETS)).isEqualTo(fresh.ofOneBucket(9, BUCKETS));
    }
}
