package dev.likeness.diffusion.method;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.adapter.MomentumState;
import dev.likeness.diffusion.family.TextEncoder;
import dev.likeness.diffusion.model.ModelParts;
import dev.likeness.diffusion.schedule.RandomDraws;
import dev.likeness.diffusion.schedule.RandomDraws.Purpose;
import dev.likeness.diffusion.text.NewTokens;
import dev.likeness.diffusion.token.Placeholder;
import dev.likeness.diffusion.training.Rescaling;
import dev.likeness.diffusion.training.TokenEmbeddings;
import dev.likeness.diffusion.training.TrainableParameters;
import dev.likeness.diffusion.training.TrainingListener;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Trains the embeddings of a placeholder token, with or without momentum. */
final class TextualInversionTraining extends MethodTraining {

    private static final double RANDOM_DEVIATION = 0.01;

    private final NDManager manager;
    private final ModelParts parts;
    private final TextualInversion method;
    private final RandomDraws draws;
    private final Rescaling rescaling;
    private final Placeholder placeholder;
    /** Earlier new tokens, which are not trained. Their rows are copies. */
    private final NewTokens former;

    private final TokenEmbeddings tokens;
    private final TrainableParameters trainable;
    /** Words with more tokens than vectors, and their tokens. */
    private final Map<String, List<String>> truncated = new LinkedHashMap<>();

    TextualInversionTraining(NDManager owner, ModelParts parts, TextualInversion method, RandomDraws draws) {
        this(owner, parts, method, draws, Rescaling.NONE);
    }

    /** @param rescaling of embeddings without momentum; its deviations are also those of random ones */
    TextualInversionTraining(
            NDManager owner, ModelParts parts, TextualInversion method, RandomDraws draws, Rescaling rescaling) {
        this.rescaling = rescaling;
        manager = owner.newSubManager();
        this.parts = parts;
        this.method = method;
        this.draws = draws;
        placeholder = new Placeholder(method.placeholder(), method.vectors());
        NewTokens there = parts.tokens();
        former = new NewTokens(
                there.placeholders(),
                there.placeholders().isEmpty() ? List.of() : copies(there.rows()),
                there.outputs());
        tokens = learnedTokens();
        List<Placeholder> all = new ArrayList<>(former.placeholders());
        all.add(placeholder);
        parts.useTokens(new NewTokens(all, tokens.soFar(manager), former.outputs()));
        trainable = new TrainableParameters(
                Set.of(),
                parts.conditioner().textEncoders().stream()
                        .map(textEncoder -> Set.<String>of())
                        .toList(),
                tokens);
    }

    private List<NDArray> copies(List<NDArray> rows) {
        return rows.stream()
                .map(row -> {
                    NDArray copy = row.duplicate();
                    copy.attach(manager);
                    return copy;
                })
                .toList();
    }

    private TokenEmbeddings learnedTokens() {
        Momentum momentum = method.momentum();
        try (NDManager scope = manager.newSubManager()) {
            List<NDArray> initial = forEachTextEncoder(textEncoder -> initialRows(scope, textEncoder));
            return momentum == null
                    ? TokenEmbeddings.plain(manager, former.rows(), initial, rescaling)
                    : new TokenEmbeddings(
                            manager,
                            mode(momentum),
                            momentum.gamma(),
                            former.rows(),
                            initial,
                            forEachTextEncoder(textEncoder -> anchorRows(scope, textEncoder, momentum.anchor())));
        }
    }

    private static TokenEmbeddings.Mode mode(Momentum momentum) {
        return switch (momentum.mode()) {
            case ANCHOR -> TokenEmbeddings.Mode.ANCHOR;
            case EMA -> TokenEmbeddings.Mode.EMA;
        };
    }

    private List<NDArray> forEachTextEncoder(IntFunction<NDArray> rows) {
        return IntStream.range(0, parts.conditioner().textEncoders().size())
                .mapToObj(rows)
                .toList();
    }

    private NDArray initialRows(NDManager scope, int number) {
        TextEncoder textEncoder = parts.conditioner().textEncoders().get(number);
        Shape shape = new Shape(method.vectors(), textEncoder.width());
        return switch (method.initializer()) {
            case TextualInversion.ZERO -> scope.zeros(shape);
            case TextualInversion.RANDOM ->
                scope.create(draws.normal(Purpose.TOKEN, 0, number, Math.toIntExact(shape.size())), shape)
                        .mul(
                                rescaling.deviations().isEmpty()
                                        ? RANDOM_DEVIATION
                                        : rescaling.deviations().get(number));
            default -> {
                MomentumState former = method.momentum() == null ? null : parts.momentum(method.initializer());
                yield former == null
                        ? wordRows(scope, number, method.initializer())
                        : rows(
                                scope,
                                number,
                                method.initializer(),
                                former.train().get(number));
            }
        };
    }

    private NDArray anchorRows(NDManager scope, int number, String word) {
        MomentumState former = parts.momentum(word);
        return former == null
                ? wordRows(scope, number, word)
                : rows(scope, number, word, former.star().get(number));
    }

    /**
     * v_train or v_star of a placeholder token, [N, D]: truncated, or repeated from the first row on, to the number of
     * vectors.
     */
    private NDArray rows(NDManager scope, int number, String word, float[] former) {
        TextEncoder textEncoder = parts.conditioner().textEncoders().get(number);
        Shape shape = new Shape(method.vectors(), textEncoder.width());
        float[] values = new float[Math.toIntExact(shape.size())];
        if (number == 0 && former.length > values.length) {
            truncated.put(word, textEncoder.tokens(parts.tokens().expand(word)));
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = former[i % former.length];
        }
        return scope.create(values, shape);
    }

    /** The rows of a word's tokens: truncated, or repeated from the first one on, to the number of vectors. */
    private NDArray wordRows(NDManager scope, int number, String word) {
        TextEncoder textEncoder = parts.conditioner().textEncoders().get(number);
        String expanded = parts.tokens().expand(word);
        long[] ids = textEncoder.rowIds(expanded);
        if (ids.length == 0) {
            throw new IllegalArgumentException("\"%s\" has no tokens to start from".formatted(word));
        }
        long[] rows = new long[method.vectors()];
        if (number == 0 && ids.length > rows.length) {
            truncated.put(word, textEncoder.tokens(expanded));
        }
        for (int i = 0; i < rows.length; i++) {
            rows[i] = ids[i % ids.length];
        }
        return textEncoder.rows(scope, parts.tokens().rows().get(number), rows);
    }

    @Override
    public TrainableParameters trainable() {
        return trainable;
    }

    @Override
    public TrainedWeights trainedWeights(NDManager owner) {
        return TrainedWeights.tokens(placeholder, tokens.learned(owner), momentum());
    }

    private @Nullable MomentumState momentum() {
        Momentum momentum = method.momentum();
        return momentum == null
                ? null
                : new MomentumState(
                        momentum.gamma(), momentum.mode(), numbers(tokens.trained()), numbers(tokens.anchors()));
    }

    private static List<float[]> numbers(List<NDArray> rows) {
        return rows.stream().map(NDArray::toFloatArray).toList();
    }

    @Override
    public void report(TrainingListener listener) {
        truncated.forEach((word, found) -> listener.onCutWord(word, found, method.vectors()));
    }

    @Override
    public void useForSampling() {
        try (NDManager scope = manager.newSubManager()) {
            List<NDArray> now = tokens.soFar(scope);
            for (int textEncoder = 0; textEncoder < now.size(); textEncoder++) {
                now.get(textEncoder).copyTo(parts.tokens().rows().get(textEncoder));
            }
        }
    }

    @Override
    public void close() {
        tokens.close();
        if (former.placeholders().isEmpty()) {
            parts.dropTokens();
        } else {
            parts.useTokens(former);
        }
        manager.close();
    }
}
