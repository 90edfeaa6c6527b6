package dev.likeness.diffusion.pipeline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.graph.Adapters;
import dev.likeness.diffusion.lora.LoraAdapter;
import dev.likeness.diffusion.lora.LoraTargets;
import dev.likeness.diffusion.pipeline.Personal.Learned;
import dev.likeness.diffusion.pipeline.TrainingRequest.DreamBooth;
import dev.likeness.diffusion.pipeline.TrainingRequest.Lora;
import dev.likeness.diffusion.pipeline.TrainingRequest.Momentum;
import dev.likeness.diffusion.pipeline.TrainingRequest.TextualInversion;
import dev.likeness.diffusion.schedule.RandomDraws;
import dev.likeness.diffusion.schedule.RandomDraws.Purpose;
import dev.likeness.diffusion.text.TextTowers.Tower;
import dev.likeness.diffusion.token.Placeholder;
import dev.likeness.diffusion.training.Learnables;
import dev.likeness.diffusion.training.LearnedTokens;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a method makes ready before training, and what it has learned after. */
abstract class MethodSetup implements AutoCloseable {

    /** @param manager owns what is learned */
    static MethodSetup of(NDManager manager, ModelParts parts, TrainingRequest request) {
        TrainingRequest.Method method = request.method();
        if (method instanceof DreamBooth dreamBooth) {
            return new Weights(manager, parts, dreamBooth);
        }
        RandomDraws draws = new RandomDraws(request.settings().seed());
        if (method instanceof Lora lora) {
            return new Adapter(manager, parts, lora, draws);
        }
        return new Tokens(manager, parts, (TextualInversion) method, draws);
    }

    abstract Learnables learnables();

    abstract Learned learned();

    @Override
    public abstract void close();

    private static final class Weights extends MethodSetup {

        private final Learnables learnables;
        private final Map<String, NDArray> trained = new LinkedHashMap<>();
        private final LearnedTokens tokens;

        Weights(NDManager manager, ModelParts parts, DreamBooth method) {
            tokens = LearnedTokens.fixed(manager, parts.tokens().rows());
            learnables = Learnables.everything(parts.unet(), parts.towers(), method.textEncoder(), tokens);
            parts.weights().forEach((name, weight) -> {
                if (name.startsWith(ModelParts.UNET) || method.textEncoder()) {
                    trained.put(name, weight);
                }
            });
        }

        @Override
        Learnables learnables() {
            return learnables;
        }

        @Override
        Learned learned() {
            return Learned.weights(trained);
        }

        @Override
        public void close() {
            tokens.close();
        }
    }

    private static final class Adapter extends MethodSetup {

        private final Learnables learnables;
        private final LoraAdapter adapter;
        private final LearnedTokens tokens;
        private final ModelParts parts;

        Adapter(NDManager manager, ModelParts parts, Lora method, RandomDraws draws) {
            this.parts = parts;
            Map<String, LoraAdapter.Layer> layers = new LinkedHashMap<>();
            Map<String, Set<String>> names = new LinkedHashMap<>();
            int[] networks = {0};
            parts.trainable().forEach((prefix, network) -> {
                boolean unet = prefix.equals(ModelParts.UNET);
                LoraTargets targets =
                        unet ? LoraTargets.valueOf(method.targets().toUpperCase(Locale.ROOT)) : LoraTargets.ATTENTION;
                Map<String, long[]> wanted =
                        unet || method.textEncoder() ? new TreeMap<>(targets.layers(network.weights())) : Map.of();
                int number = networks[0]++;
                LoraAdapter made = LoraTargets.init(
                        manager,
                        prefix,
                        wanted,
                        method.rank(),
                        method.alpha(),
                        (layer, length) -> draws.normal(Purpose.ADAPTER, number, layer, length));
                layers.putAll(made.layers());
                network.adapt(Personal.tensors(manager, prefix, made));
                network.drop(method.dropout());
                names.put(prefix, namesOf(wanted.keySet()));
            });
            adapter = new LoraAdapter(layers);
            tokens = LearnedTokens.fixed(manager, parts.tokens().rows());
            List<Set<String>> towers = new ArrayList<>(names.values());
            learnables = new Learnables(towers.remove(0), towers, tokens);
        }

        private static Set<String> namesOf(Set<String> layers) {
            return layers.stream()
                    .flatMap(layer -> List.of(Adapters.down(layer), Adapters.up(layer)).stream())
                    .collect(Collectors.toUnmodifiableSet());
        }

        @Override
        Learnables learnables() {
            return learnables;
        }

        @Override
        Learned learned() {
            return Learned.adapter(adapter);
        }

        @Override
        public void close() {
            parts.trainable().values().forEach(network -> network.drop(0));
            tokens.close();
        }
    }

    private static final class Tokens extends MethodSetup {

        private static final double RANDOM_DEVIATION = 0.01;

        private final NDManager manager;
        private final ModelParts parts;
        private final Placeholder placeholder;
        private final LearnedTokens tokens;
        private final Learnables learnables;

        Tokens(NDManager manager, ModelParts parts, TextualInversion method, RandomDraws draws) {
            this.manager = manager;
            this.parts = parts;
            placeholder = new Placeholder(method.placeholder(), method.vectors());
            try (NDManager scope = manager.newSubManager()) {
                List<NDArray> start = new ArrayList<>();
                List<NDArray> anchors = new ArrayList<>();
                for (Tower tower : parts.towers().all()) {
                    NDArray rows = start(scope, tower, method, draws, start.size());
                    start.add(rows);
                    anchors.add(
                            method.momentum() == null
                                    ? rows
                                    : wordRows(scope, tower, method.momentum().anchor(), method.vectors()));
                }
                tokens = learnedTokens(manager, method.momentum(), start, anchors);
                parts.useTokens(
                        List.of(placeholder),
                        start.stream().map(NDArray::duplicate).toList());
            }
            learnables = new Learnables(
                    Set.of(),
                    parts.towers().all().stream().map(tower -> Set.<String>of()).toList(),
                    tokens);
        }

        private static LearnedTokens learnedTokens(
                NDManager manager, @Nullable Momentum momentum, List<NDArray> start, List<NDArray> anchors) {
            return momentum == null
                    ? LearnedTokens.plain(manager, start)
                    : new LearnedTokens(
                            manager,
                            LearnedTokens.Mode.valueOf(momentum.mode().toUpperCase(Locale.ROOT)),
                            momentum.gamma(),
                            start,
                            anchors);
        }

        private static NDArray start(
                NDManager scope, Tower tower, TextualInversion method, RandomDraws draws, int number) {
            Shape shape = new Shape(method.vectors(), tower.encoder().config().hiddenSize());
            return switch (method.initializer()) {
                case TextualInversion.ZERO -> scope.zeros(shape);
                case TextualInversion.RANDOM ->
                    scope.create(draws.normal(Purpose.TOKEN, 0, number, Math.toIntExact(shape.size())), shape)
                            .mul(RANDOM_DEVIATION);
                default -> wordRows(scope, tower, method.initializer(), method.vectors());
            };
        }

        /** The rows of a word's tokens, repeated from the first on as often as is needed. */
        private static NDArray wordRows(NDManager scope, Tower tower, String word, int count) {
            long[] ids = tower.tokenizer().ids(word);
            if (ids.length == 0) {
                throw new IllegalArgumentException("\"%s\" has no tokens to start from".formatted(word));
            }
            long[] rows = new long[count];
            for (int i = 0; i < count; i++) {
                rows[i] = ids[i % ids.length];
            }
            return tower.encoder().rows(scope, rows);
        }

        @Override
        Learnables learnables() {
            return learnables;
        }

        @Override
        Learned learned() {
            return Learned.tokens(placeholder, tokens.learned(manager));
        }

        @Override
        public void close() {
            tokens.close();
            parts.dropTokens();
        }
    }
}
