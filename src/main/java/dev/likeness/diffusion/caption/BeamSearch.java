package dev.likeness.diffusion.caption;

import dev.likeness.diffusion.tensor.InvalidModelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Keeps the likeliest few texts at every length, as transformers' {@code generate} does with length penalty 1 and
 * without early stopping: finished texts compare by their mean log-probability for each new token, and the search goes
 * on until the best unfinished one is no better than the worst of enough finished ones.
 *
 * @param beams texts kept, at least 1
 * @param end the token that ends a text
 * @param maxLength tokens of a text, those given and the end included
 */
record BeamSearch(int beams, long end, int maxLength) {

    private static final Comparator<Beam> BEST_FIRST =
            Comparator.comparingDouble(Beam::score).reversed();

    /** A text; its score is the sum of its new tokens' log-probabilities, and once it is finished their mean. */
    private record Beam(long[] text, float score) {

        Beam extended(int token, float score) {
            long[] longer = Arrays.copyOf(text, text.length + 1);
            longer[text.length] = token;
            return new Beam(longer, score);
        }
    }

    /**
     * Continues a text.
     *
     * @param start at least one token, and fewer than {@link #maxLength()}
     * @param model its scores are log-probabilities
     * @return the whole text, with its end if it came to one
     */
    long[] complete(long[] start, NextToken model) {
        List<Beam> running = List.of(new Beam(start, 0));
        List<Beam> finished = new ArrayList<>();
        for (int added = 1; !running.isEmpty(); added++) {
            List<Beam> candidates = candidates(running, model);
            finish(candidates, added, finished);
            running = candidates.stream()
                    .filter(beam -> !isFinished(beam))
                    .limit(beams)
                    .toList();
            if (finished.size() == beams
                    && !running.isEmpty()
                    && running.get(0).score / added <= finished.get(beams - 1).score) {
                break;
            }
        }
        return finished.get(0).text;
    }

    /** The best continuations by one token. Twice as many as are kept: at most half of them end there and then. */
    private List<Beam> candidates(List<Beam> running, NextToken model) {
        float[][] scores = model.scores(running.stream().map(Beam::text).toList());
        List<Beam> best = new ArrayList<>();
        for (int i = 0; i < running.size(); i++) {
            for (int token = 0; token < scores[i].length; token++) {
                float score = running.get(i).score + scores[i][token];
                if (best.size() < 2 * beams || score > best.get(best.size() - 1).score) {
                    insert(best, running.get(i).extended(token, score));
                }
            }
        }
        if (best.stream().anyMatch(beam -> Float.isNaN(beam.score))) {
            throw new InvalidModelException("blip: the decoder's scores are not numbers");
        }
        return best;
    }

    private void insert(List<Beam> best, Beam beam) {
        int at = best.size();
        while (at > 0 && beam.score > best.get(at - 1).score) {
            at--;
        }
        best.add(at, beam);
        if (best.size() > 2 * beams) {
            best.remove(best.size() - 1);
        }
    }

    /** Only a continuation among the first {@code beams} may finish; the others are there to take its place. */
    private void finish(List<Beam> candidates, int added, List<Beam> finished) {
        candidates.stream()
                .limit(beams)
                .filter(this::isFinished)
                .map(beam -> new Beam(beam.text, beam.score / added))
                .forEach(finished::add);
        finished.sort(BEST_FIRST);
        while (finished.size() > beams) {
            finished.remove(finished.size() - 1);
        }
    }

    private boolean isFinished(Beam beam) {
        return beam.text[beam.text.length - 1] == end || beam.text.length >= maxLength;
    }
}
