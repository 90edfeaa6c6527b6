package dev.likeness.diffusion.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Embeddings of new tokens, [N, D] for each text encoder, as textual inversion trains them (Gal et al. 2022,
 * arXiv:2208.01618, equation 2), or with momentum: an encoder's input is e = (1 - gamma) v_star + gamma v_train, and only
 * v_train is trained. With gamma 1 this is plain textual inversion, with gamma 0 the base model.
 */
public final class TokenEmbeddings implements AutoCloseable {

    /** Of its parameters' names, before the first dot. */
    static final String PREFIX = "token";

    private static final String PARAMETER = PREFIX + ".";
    private static final String ANCHOR = "token_anchor.";

    private final NDManager manager;
    private final Mode mode;
    private final double gamma;
    private final List<NDArray> before;
    private final List<NDArray> trained;
    private final List<NDArray> anchors;
    private final Rescaling rescaling;

    /** How v_star changes. */
    public enum Mode {
        /** The rows do not learn. */
        FIXED,
        /** v_star does not change. */
        ANCHOR,
        /** After every step v_star becomes (1 - gamma) v_star + gamma v_train. v_star is the result. */
        EMA
    }

    /**
     * @param parent owns the copies
     * @param before rows of other new tokens that are not trained, for each encoder [M, D]; empty for none
     * @param start v_train before the first step, for each encoder [N, D]
     * @param anchors v_star, in the same shapes
     * @param gamma 0 to 1
     */
    public TokenEmbeddings(
            NDManager parent,
            Mode mode,
            double gamma,
            List<NDArray> before,
            List<NDArray> start,
            List<NDArray> anchors) {
        this(parent, mode, gamma, before, start, anchors, Rescaling.NONE);
    }

    private TokenEmbeddings(
            NDManager parent,
            Mode mode,
            double gamma,
            List<NDArray> before,
            List<NDArray> start,
            List<NDArray> anchors,
            Rescaling rescaling) {
        if (!(gamma >= 0 && gamma <= 1)) {
            throw new IllegalArgumentException("gamma must be from 0 to 1, not " + gamma);
        }
        manager = parent.newSubManager();
        this.mode = mode;
        this.gamma = gamma;
        this.before = copies(before);
        trained = copies(start);
        this.anchors = copies(anchors);
        this.rescaling = rescaling;
    }

    /** Rows that are not trained. */
    public static TokenEmbeddings fixed(NDManager parent, List<NDArray> rows) {
        return new TokenEmbeddings(parent, Mode.FIXED, 1, List.of(), rows, rows);
    }

    /** Plain textual inversion, after the rows of tokens that are not trained. */
    public static TokenEmbeddings plain(NDManager parent, List<NDArray> before, List<NDArray> start) {
        return plain(parent, before, start, Rescaling.NONE);
    }

    /** The same, with embeddings that are rescaled after each step. */
    public static TokenEmbeddings plain(
            NDManager parent, List<NDArray> before, List<NDArray> start, Rescaling rescaling) {
        return new TokenEmbeddings(parent, Mode.ANCHOR, 1, before, start, start, rescaling);
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

    /** The state besides the parameters that a checkpoint keeps. */
    Map<String, NDArray> state() {
        return mode == Mode.EMA ? named(ANCHOR, anchors) : Map.of();
    }

    private static Map<String, NDArray> named(String prefix, List<NDArray> arrays) {
        Map<String, NDArray> named = new LinkedHashMap<>();
        for (int textEncoder = 0; textEncoder < arrays.size(); textEncoder++) {
            named.put(prefix + textEncoder, arrays.get(textEncoder));
        }
        return named;
    }

    /** Each encoder's input in the next pass: the rows of all new tokens, first those that do not learn. */
    List<NDArray> rows(NDManager scope) {
        List<NDArray> rows = new ArrayList<>();
        for (int textEncoder = 0; textEncoder < trained.size(); textEncoder++) {
            NDArray learned = mixed(scope, textEncoder);
            rows.add(before.isEmpty() ? learned : joined(scope, before.get(textEncoder), learned));
        }
        return rows;
    }

    private static NDArray joined(NDManager scope, NDArray first, NDArray second) {
        NDArray all = first.concat(second, 0);
        all.attach(scope);
        return all;
    }

    private NDArray mixed(NDManager scope, int textEncoder) {
        NDArray mixed = mix(textEncoder);
        mixed.attach(scope);
        return mixed;
    }

    private NDArray mix(int textEncoder) {
        NDArray train = trained.get(textEncoder);
        if (gamma == 1) {
            return train.duplicate();
        }
        try (NDArray scaled = train.mul(gamma);
                NDArray star = anchors.get(textEncoder).mul(1 - gamma)) {
            return star.add(scaled);
        }
    }

    /** The gradients of v_train by name, from the gradients of the rows. By the chain rule the factor is gamma. */
    Map<String, NDArray> gradients(List<NDArray> ofRows) {
        Map<String, NDArray> gradients = new LinkedHashMap<>();
        for (int textEncoder = 0; textEncoder < ofRows.size(); textEncoder++) {
            NDArray gradient = learning(ofRows.get(textEncoder), textEncoder);
            gradients.put(PARAMETER + textEncoder, gamma == 1 ? gradient : gradient.mul(gamma));
        }
        return gradients;
    }

    private NDArray learning(NDArray ofRows, int textEncoder) {
        return before.isEmpty()
                ? ofRows
                : ofRows.get(before.get(textEncoder).getShape().get(0) + ":");
    }

    /** Called after an optimizer step that trained the embeddings. */
    void afterStep() {
        for (int textEncoder = 0; textEncoder < trained.size(); textEncoder++) {
            rescaling.apply(textEncoder, trained.get(textEncoder));
        }
        if (mode == Mode.EMA) {
            for (int textEncoder = 0; textEncoder < trained.size(); textEncoder++) {
                try (NDArray moved = mix(textEncoder)) {
                    moved.copyTo(anchors.get(textEncoder));
                }
            }
        }
    }

    /** v_star, for each encoder [N, D]. */
    public List<NDArray> anchors() {
        return anchors;
    }

    /** v_train, for each encoder [N, D]. */
    public List<NDArray> trained() {
        return trained;
    }

    /**
     * The trained embeddings, for each encoder [N, D].
     *
     * @param scope frees the embeddings
     */
    public List<NDArray> learned(NDManager scope) {
        List<NDArray> learned = new ArrayList<>();
        for (int textEncoder = 0; textEncoder < trained.size(); textEncoder++) {
            if (mode == Mode.EMA) {
                NDArray copy = anchors.get(textEncoder).duplicate();
                copy.attach(scope);
                learned.add(copy);
            } else {
                learned.add(mixed(scope, textEncoder));
            }
        }
        return learned;
    }

    /**
     * The embeddings of all new tokens as the result so far, for each encoder [M + N, D].
     *
     * @param scope frees the embeddings
     */
    public List<NDArray> soFar(NDManager scope) {
        List<NDArray> learned = learned(scope);
        if (before.isEmpty()) {
            return learned;
        }
        List<NDArray> all = new ArrayList<>();
        for (int textEncoder = 0; textEncoder < learned.size(); textEncoder++) {
            all.add(joined(scope, before.get(textEncoder), learned.get(textEncoder)));
        }
        return all;
    }

    @Override
    public void close() {
        manager.close();
    }
}
