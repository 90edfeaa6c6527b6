package dev.likeness.diffusion.adapter;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import tools.jackson.databind.node.JsonNodeFactory;

/** Numbers for the layers whose names match regular expressions: the first match applies, as in peft's {@code rank_pattern}. */
public final class LayerNumbers {

    /** No patterns. */
    public static final LayerNumbers NONE = new LayerNumbers("", List.of());

    private final List<String> written;
    private final List<Entry> entries = new ArrayList<>();

    private record Entry(LayerPatterns layers, double number) {

        boolean matches(String layer) {
            List<String> names = new ArrayList<>(LoraMetadata.names(layer));
            names.add(layer);
            return layers.find(names).isPresent();
        }
    }

    /**
     * @param setting name of the numbers, for messages
     * @param written {@code PATTERN=NUMBER} each
     * @throws UnusableAdapterException if a pattern is no regular expression, or takes too long to match
     * @throws IllegalArgumentException if an entry has no positive number
     */
    public LayerNumbers(String setting, List<String> written) {
        this.written = List.copyOf(written);
        for (String text : written) {
            int end = text.lastIndexOf('=');
            double number = end < 1 ? Double.NaN : number(text.substring(end + 1));
            if (!(number > 0) || Double.isInfinite(number)) {
                throw new IllegalArgumentException(
                        "\"%s\" must be PATTERN=NUMBER with a positive number".formatted(text));
            }
            entries.add(new Entry(
                    new LayerPatterns(
                            setting, JsonNodeFactory.instance.objectNode().put(text.substring(0, end), number)),
                    number));
        }
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /** The numbers of all patterns. */
    public List<Double> numbers() {
        return entries.stream().map(Entry::number).toList();
    }

    /**
     * The patterns that decide no layer, because none matches, or because earlier patterns match all of them.
     *
     * @param layers names, which begin with the model's part
     * @return their positions, from 0
     */
    public SortedSet<Integer> unused(Collection<String> layers) {
        SortedSet<Integer> unused = new TreeSet<>();
        IntStream.range(0, entries.size()).forEach(unused::add);
        layers.forEach(layer -> IntStream.range(0, entries.size())
                .filter(i -> entries.get(i).matches(layer))
                .limit(1)
                .forEach(unused::remove));
        return unused;
    }

    /** Whether a pattern matches a layer, perhaps after others. */
    public boolean matchesAny(int pattern, Collection<String> layers) {
        return layers.stream().anyMatch(entries.get(pattern)::matches);
    }

    /** The number of a layer, whose name begins with the model's part. */
    double find(String layer, double otherwise) {
        OptionalDouble found = entries.stream()
                .filter(entry -> entry.matches(layer))
                .mapToDouble(Entry::number)
                .findFirst();
        return found.orElse(otherwise);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LayerNumbers numbers && numbers.written.equals(written);
    }

    @Override
    public int hashCode() {
        return written.hashCode();
    }

    @Override
    public String toString() {
        return written.toString();
    }
}
