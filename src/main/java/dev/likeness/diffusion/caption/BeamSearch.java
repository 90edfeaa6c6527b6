package dev.likeness.diffusion.caption;

import dev.likeness.diffusion.tensor.InvalidModelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Beam search as in transformers' {@code generate} with length penalty 1 and without early stopping. It keeps the most
 * likely texts of each length. Finished texts are compared by their mean log-probability per new token. The search ends
 * when the best unfinished text is no better than the worst of enough finished ones.
 *
 * @param beams number of kept texts, at least 1
 * @param end the token that ends a text
 * @param maxLength maximum number of tokens, including the given ones and the end
 */
record BeamSearch(int beams, long end, int maxLength) {

    private static final Comparator<Beam> BEST_FIRST =
            Comparator.comparingDouble(Beam::score).reversed();

    /** A text. Its score is the sum of its new tokens' log-probabilities, or their mean once it is finished. */
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
     * @param model its scores must be log-probabilities
     * @return the whole text, with its end token unless it reached the maximum length
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

    /**
     * The best continuations by one token. There are twice as many as beams, because at most half of them end with this
     * token.
     */
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

    /** Only one of the first {@code beams} continuations may finish; the others only fill the beams. */
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
