package dev.likeness.diffusion.token;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Rare words to identify a subject (Ruiz et al. 2022, arXiv:2208.12242, section 3.2). An identifier should be one
 * token, so that the model has one embedding to learn, and so rare that it has little meaning yet.
 *
 * <p>Byte-pair encoding merges frequent pairs first, so ids ascend from common to rare, independent of the vocabulary's
 * size. In CLIP's vocabulary, {@code dog} has id 1,929, {@code kitten} 13,063, {@code sks} 48,136. Thread-safe.
 */
public final class Identifiers implements AutoCloseable {

    /** Customary identifiers, suggested if the vocabulary has no rare word. {@code sks} is never refused as common. */
    private static final List<String> FALLBACK = List.of("sks", "ohwx", "zwx", "xjy", "qvz");

    /** Ids below this are everyday words, names and things. */
    private static final int COMMON_BELOW = 20_000;

    /** Ids from this on are the rarest in CLIP's training text. */
    private static final int RARE_FROM = 40_000;

    /** A word without a vowel is not an English word, even if a word list is incomplete. */
    private static final Pattern SUGGESTED = Pattern.compile("([b-df-hj-np-tv-xz]{3,4})</w>");

    private static final Pattern KNOWN = Pattern.compile("[a-z]{3,}</w>");

    private static final Pattern UNUSABLE =
            Pattern.compile("[\\s\\p{Cntrl}{}()\\[\\]\\\\]", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Set<String> COMMON_WORDS = readCommonWords();

    private final ClipTokenizer tokenizer;
    private final TokenizerFiles files;
    private final List<String> rareWords;

    /** The commonest first. */
    private final List<String> knownWords;

    private Identifiers(
            ClipTokenizer tokenizer, TokenizerFiles files, List<String> rareWords, List<String> knownWords) {
        this.tokenizer = tokenizer;
        this.files = files;
        this.rareWords = rareWords;
        this.knownWords = knownWords;
    }

    /**
     * A word, checked with a model's vocabulary.
     *
     * @param tokens its tokens, spelled as in the vocabulary
     * @param refusal why it cannot be an identifier, to be appended to its name: "must …"; null if it can
     * @param warnings why it may work badly, in the same form; may be empty
     */
    public record Check(
            String identifier,
            List<String> tokens,
            @Nullable String refusal,
            List<String> warnings) {

        public Check {
            tokens = List.copyOf(tokens);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * Reads a diffusers {@code tokenizer} folder.
     *
     * @throws IOException as {@link ClipTokenizer#load(Path)}
     * @throws IllegalArgumentException as {@link ClipTokenizer#load(Path)}
     */
    public static Identifiers load(Path folder) throws IOException {
        TokenizerFiles files = TokenizerFiles.read(folder);
        List<String> rare = files.vocabulary().properties().stream()
                .filter(it -> it.getValue().intValue() >= RARE_FROM
                        && SUGGESTED.matcher(it.getKey()).matches())
                .sorted(Comparator.comparingInt(
                        (Map.Entry<String, JsonNode> it) -> -it.getValue().intValue()))
                .map(it -> it.getKey().replace("</w>", ""))
                .filter(it -> !COMMON_WORDS.contains(it))
                .toList();
        return new Identifiers(ClipTokenizer.load(folder), files, rare, known(files));
    }

    private static List<String> known(TokenizerFiles files) {
        return files.vocabulary().properties().stream()
                .filter(it -> it.getValue().intValue() < RARE_FROM
                        && KNOWN.matcher(it.getKey()).matches())
                .sorted(Comparator.comparingInt(
                        (Map.Entry<String, JsonNode> it) -> it.getValue().intValue()))
                .map(it -> it.getKey().replace("</w>", ""))
                .toList();
    }

    /**
     * Words that are one token of the vocabulary and not rare, the commonest first: the model has seen them often, so they can
     * be class words.
     *
     * @param prefix of the words, without regard to upper and lower case; may be empty
     * @param n maximum number of results
     */
    public List<String> knownWords(String prefix, int n) {
        String start = prefix.strip().toLowerCase(Locale.ROOT);
        return knownWords.stream().filter(it -> it.startsWith(start)).limit(n).toList();
    }

    /**
     * Possible identifiers: single tokens of three or four letters, the rarest first. If the vocabulary has none, the
     * result is words of several tokens, each with a warning.
     *
     * @param classWord what the subject is; may be empty
     * @param n maximum number of results
     */
    public List<Check> suggest(String classWord, int n) {
        List<Check> rare = usable(rareWords.stream(), classWord)
                .filter(it -> it.tokens().size() == 1)
                .limit(n)
                .toList();
        return rare.isEmpty() ? usable(FALLBACK.stream(), classWord).limit(n).toList() : rare;
    }

    private Stream<Check> usable(Stream<String> words, String classWord) {
        return words.map(it -> check(it, classWord)).filter(it -> it.refusal() == null);
    }

    /**
     * Why a word cannot become a new token of this model, to be appended to the word: "must …"; null if it can.
     *
     * @param tokens that the word would add
     */
    public @Nullable String newTokenRefusal(List<String> tokens) {
        return tokens.stream().anyMatch(files::has)
                ? "must not be a token that the base model's tokenizer files already define"
                : null;
    }

    /**
     * Whether a word can be an identifier.
     *
     * @param classWord what the subject is; may be empty
     */
    public Check check(String identifier, String classWord) {
        List<String> tokens = tokenizer.tokens(identifier);
        String refusal = refusal(identifier, classWord);
        boolean isSplit = refusal == null && tokens.size() > 1;
        return new Check(identifier, tokens, refusal, isSplit ? List.of(splitWarning(tokens)) : List.of());
    }

    private @Nullable String refusal(String identifier, String classWord) {
        String word = identifier.toLowerCase(Locale.ROOT);
        if (identifier.isBlank()) {
            return "must not be empty";
        }
        if (UNUSABLE.matcher(identifier).find() || identifier.equals("BREAK")) {
            return "must be one word without prompt syntax: ( ) [ ] { } \\ BREAK";
        }
        long[] ids = tokenizer.ids(identifier);
        if (ids.length == 0 || Arrays.stream(ids).anyMatch(tokenizer::isSpecial)) {
            return "must be text that this model's tokenizer can encode";
        }
        if (Arrays.asList(classWord.strip().toLowerCase(Locale.ROOT).split("\\s+"))
                .contains(word)) {
            return "must not be the class word, or a word of it";
        }
        if (FALLBACK.get(0).equals(word)) {
            return null;
        }
        boolean isCommonToken = tokenizer.isSingleToken(identifier) && ids[0] < COMMON_BELOW;
        return isCommonToken || COMMON_WORDS.contains(word)
                ? "must not be a common word: this model already knows \"%s\" and would confuse the two".formatted(word)
                : null;
    }

    private static String splitWarning(List<String> tokens) {
        return "has %d tokens in this model's vocabulary (%s); a word with one token is easier to learn"
                .formatted(
                        tokens.size(),
                        tokens.stream().map(it -> it.replace("</w>", "")).collect(Collectors.joining(", ")));
    }

    private static Set<String> readCommonWords() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Identifiers.class.getResourceAsStream("common-words.txt")),
                StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(it -> !it.startsWith("#"))
                    .flatMap(it -> Stream.of(it.split(" ", -1)))
                    .filter(it -> !it.isEmpty())
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
