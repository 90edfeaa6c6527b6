package dev.likeness.diffusion.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Embeddings of new tokens, [N, D] for each text tower, as textual inversion learns them (Gal et al. 2022,
 * arXiv:2208.01618, equation 2), or with momentum: a tower is fed e = (1 - gamma) v_star + gamma v_train, and v_train alone
 * learns. With gamma 1 this is plain textual inversion, with gamma 0 the base model.
 */
public final class LearnedTokens implements AutoCloseable {

    private static final String PARAMETER = "token.";
    private static final String ANCHOR = "token_anchor.";

    private final NDManager manager;
    private final Mode mode;
    private final double gamma;
    private final List<NDArray> trained;
    private final List<NDArray> anchors;

    /** What v_star does. */
    public enum Mode {
        /** There is nothing to learn: the rows are what they are. */
        FIXED,
        /** v_star stays. */
        ANCHOR,
        /** After every step v_star becomes (1 - gamma) v_star + gamma v_train, and is what is learned in the end. */
        EMA
    }

    /**
     * @param parent owns the copies that are made
     * @param start v_train before the first step, for each tower [N, D]
     * @param anchors v_star, as many and as large
     * @param gamma 0 to 1
     */
    public LearnedTokens(NDManager parent, Mode mode, double gamma, List<NDArray> start, List<NDArray> anchors) {
        if (!(gamma >= 0 && gamma <= 1)) {
            throw new IllegalArgumentException("gamma has to be from 0 to 1, not " + gamma);
        }
        manager = parent.newSubManager();
        this.mode = mode;
        this.gamma = gamma;
        trained = copies(start);
        this.anchors = copies(anchors);
    }

    /** Rows that do not learn. */
    public static LearnedTokens fixed(NDManager parent, List<NDArray> rows) {
        return new LearnedTokens(parent, Mode.FIXED, 1, rows, rows);
    }

    /** Plain textual inversion. */
    public static LearnedTokens plain(NDManager parent, List<NDArray> start) {
        return new LearnedTokens(parent, Mode.ANCHOR, 1, start, start);
    }

    private List<NDArray> copies(List<NDArray> arrays) {
        return arrays.stream()
                .map(array -> {
                    NDArray copy = array.duplicate();
                    copy.attach(manager);
                    return copy;
                })
                .toList();
    }

    boolean learns() {
        return mode != Mode.FIXED;
    }

    /** v_train by name. */
    Map<String, NDArray> parameters() {
        return learns() ? named(PARAMETER, trained) : Map.of();
    }

    /** What has to be kept besides the parameters to go on later. */
    Map<String, NDArray> state() {
        return mode == Mode.EMA ? named(ANCHOR, anchors) : Map.of();
    }

    private static Map<String, NDArray> named(String prefix, List<NDArray> arrays) {
        Map<String, NDArray> named = new LinkedHashMap<>();
        for (int tower = 0; tower < arrays.size(); tower++) {
            named.put(prefix + tower, arrays.get(tower));
        }
        return named;
    }

    /** What each tower is fed in the next pass. */
    List<NDArray> rows(NDManager scope) {
        List<NDArray> rows = new ArrayList<>();
        for (int tower = 0; tower < trained.size(); tower++) {
            NDArray mixed = mix(tower);
            mixed.attach(scope);
            rows.add(mixed);
        }
        return rows;
    }

    private NDArray mix(int tower) {
        NDArray train = trained.get(tower);
        if (gamma == 1) {
            return train.duplicate();
        }
        try (NDArray scaled = train.mul(gamma);
                NDArray star = anchors.get(tower).mul(1 - gamma)) {
            return star.add(scaled);
        }
    }

    /** The gradients of v_train by name, from those of the rows: the chain rule's factor is gamma. */
    Map<String, NDArray> gradients(List<NDArray> ofRows) {
        Map<String, NDArray> gradients = new LinkedHashMap<>();
        for (int tower = 0; tower < ofRows.size(); tower++) {
            NDArray gradient = ofRows.get(tower);
            gradients.put(PARAMETER + tower, gamma == 1 ? gradient : gradient.mul(gamma));
        }
        return gradients;
    }

    /** Follows an optimizer step. */
    void afterStep() {
        if (mode == Mode.EMA) {
            for (int tower = 0; tower < trained.size(); tower++) {
                try (NDArray moved = mix(tower)) {
                    moved.copyTo(anchors.get(tower));
                }
            }
        }
    }

    /** v_star, for each tower [N, D]. */
    public List<NDArray> anchors() {
        return anchors;
    }

    /** v_train, for each tower [N, D]. */
    public List<NDArray> trained() {
        return trained;
    }

    /**
     * The embeddings that were learned, for each tower [N, D].
     *
     * @param scope frees them
     */
    public List<NDArray> learned(NDManager scope) {
        if (mode != Mode.EMA) {
            return rows(scope);
        }
        return anchors.stream()
                .map(anchor -> {
                    NDArray copy = anchor.duplicate();
                    copy.attach(scope);
                    return copy;
                })
                .toList();
    }

    @Override
    public void close() {
        manager.close();
    }
}
