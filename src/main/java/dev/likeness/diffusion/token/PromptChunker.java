package dev.likeness.diffusion.token;

import dev.likeness.diffusion.token.PromptSyntax.Fragment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Prompts of any length for a text encoder with L ids (77 for CLIP). Every L - 2 tokens become a chunk with its own
 * start and end token and padding. {@code BREAK} begins a new chunk; an empty section between two of them is an empty
 * chunk. The tokens of a placeholder, {@code <x> <x>_1 …}, stay in one chunk, unless they exceed one.
 */
public final class PromptChunker {

    private final ClipTokenizer tokenizer;
    private final UnaryOperator<String> expansion;
    private final PromptWeighting weighting;

    public PromptChunker(ClipTokenizer tokenizer) {
        this(tokenizer, UnaryOperator.identity(), PromptWeighting.A1111);
    }

    /**
     * @param expansion replaces placeholders by all of their tokens, in text without syntax
     * @param weighting whether prompts have weights
     */
    public PromptChunker(ClipTokenizer tokenizer, UnaryOperator<String> expansion, PromptWeighting weighting) {
        this.tokenizer = tokenizer;
        this.expansion = expansion;
        this.weighting = weighting;
    }

    /**
     * Splits a prompt in the syntax of {@link PromptSyntax}. A short prompt without syntax has the same ids as from the
     * tokenizer.
     */
    public WeightedPrompt chunk(String prompt) {
        List<List<Fragment>> sections = weighting.parse(prompt);
        Chunks chunks = new Chunks();
        for (int i = 0; i < sections.size(); i++) {
            boolean isNothingAfterLastBreak =
                    i > 0 && i == sections.size() - 1 && sections.get(i).isEmpty();
            if (!isNothingAfterLastBreak) {
                fill(chunks, sections.get(i));
                chunks.close();
            }
        }
        return chunks.prompt();
    }

    /**
     * Splits prompts that are used together, such as prompt and negative prompt. All get as many chunks as the longest.
     */
    public List<WeightedPrompt> chunk(List<String> prompts) {
        List<WeightedPrompt> chunked = prompts.stream().map(this::chunk).toList();
        int most = chunked.stream().mapToInt(WeightedPrompt::chunks).max().orElse(0);
        return chunked.stream().map(it -> pad(it, most)).toList();
    }

    /**
     * Appends empty chunks.
     *
     * @param chunks target number; a prompt with more is returned unchanged
     */
    public WeightedPrompt pad(WeightedPrompt prompt, int chunks) {
        Chunks padded = new Chunks(prompt);
        for (int i = prompt.chunks(); i < chunks; i++) {
            padded.close();
        }
        return padded.prompt();
    }

    private void fill(Chunks chunks, List<Fragment> section) {
        List<Token> tokens = new ArrayList<>();
        for (Fragment fragment : section) {
            for (long id : tokenizer.ids(expansion.apply(fragment.text()))) {
                tokens.add(new Token(id, (float) fragment.weight()));
            }
        }
        int from = 0;
        while (from < tokens.size()) {
            int to = from + 1;
            while (to < tokens.size()
                    && tokenizer.isNextRow(
                            tokens.get(to - 1).id(), tokens.get(to).id())) {
                to++;
            }
            chunks.add(tokens.subList(from, to));
            from = to;
        }
    }

    private record Token(long id, float weight) {}

    /** The chunks so far; the last one is incomplete. */
    private final class Chunks {

        private final int capacity = tokenizer.maxLength() - 2;
        private final List<long[]> ids = new ArrayList<>();
        private final List<float[]> weights = new ArrayList<>();
        private final List<Token> open = new ArrayList<>();

        Chunks() {}

        Chunks(WeightedPrompt begun) {
            ids.addAll(begun.ids());
            weights.addAll(begun.weights());
        }

        /** Adds tokens that must stay together. */
        void add(List<Token> tokens) {
            if (tokens.size() <= capacity && open.size() + tokens.size() > capacity) {
                close();
            }
            for (Token token : tokens) {
                if (open.size() == capacity) {
                    close();
                }
                open.add(token);
            }
        }

        void close() {
            float[] weight = new float[capacity + 2];
            Arrays.fill(weight, 1);
            for (int i = 0; i < open.size(); i++) {
                weight[i + 1] = open.get(i).weight();
            }
            ids.add(tokenizer.framed(open.stream().mapToLong(Token::id).toArray()));
            weights.add(weight);
            open.clear();
        }

        WeightedPrompt prompt() {
            return new WeightedPrompt(ids, weights, weighting);
        }
    }
}
