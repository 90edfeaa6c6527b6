package dev.likeness.diffusion.tensor;

import dev.likeness.diffusion.wire.Quantity;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;

/**
 * Reads the JSON at the beginning of a safetensors file. It accepts and refuses the same headers as the reference
 * library (safetensors 0.8.0), so that every accepted file also loads elsewhere.
 */
final class HeaderReader {

    private static final String NOTES = "__metadata__";
    private static final BigInteger LARGEST = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

    private static final int DIGITS = LARGEST.toString().length();

    /**
     * The only difference from the library, which has no limit: neither PyTorch nor NumPy has tensors of more than 64
     * axes.
     */
    private static final int MAX_RANK = 1_000;

    private static final int SHOWN = 10;

    private final String file;
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final Set<String> repeated = new LinkedHashSet<>();
    private boolean hasNotes;

    private HeaderReader(String file) {
        this.file = file;
    }

    /**
     * What the header states about one tensor.
     *
     * @param begin offset in the data
     * @param end offset in the data
     */
    record Tensor(Element element, long[] shape, long begin, long end) {}

    /**
     * The content of a header.
     *
     * @param dataLength bytes of all tensors together
     */
    record Header(Map<String, Tensor> tensors, Map<String, String> metadata, long dataLength) {}

    /**
     * Reads and checks a header.
     *
     * @param file its name, for the error message
     * @throws InvalidModelException with the fault and its position
     */
    static Header read(String file, ByteBuffer header) {
        return new HeaderReader(file).read(text(file, header));
    }

    private static String text(String file, ByteBuffer header) {
        int length = header.remaining();
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(header)
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidModelException(
                    "%s: its header is not UTF-8 from byte %d of %d on".formatted(file, header.position(), length), e);
        }
    }

    private Header read(String json) {
        try (JsonParser parser = HeaderJson.parser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw refused("its header is not a JSON object");
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                field(parser);
            }
            if (parser.nextToken() != null) {
                throw refused("more follows its header's JSON object");
            }
        } catch (HeaderJson.RefusedException e) {
            throw refused("its header " + e.getMessage());
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            throw new InvalidModelException(
                    "%s: its header is not JSON: %s%s"
                            .formatted(
                                    file, e.getOriginalMessage(), at == null ? "" : ", at sign " + at.getCharOffset()),
                    e);
        }
        return new Header(tensors, metadata, end());
    }

    private void field(JsonParser parser) throws HeaderJson.RefusedException {
        String name = HeaderJson.name(parser);
        parser.nextToken();
        if (!name.equals(NOTES)) {
            Tensor tensor = parser.currentToken() == JsonToken.START_ARRAY ? list(parser, name) : object(parser, name);
            if (tensors.put(name, tensor) != null) {
                repeated.add(name);
            }
        } else if (hasNotes) {
            throw refused(NOTES + " appears twice");
        } else {
            hasNotes = true;
            notes(parser);
        }
    }

    private void notes(JsonParser parser) throws HeaderJson.RefusedException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw refused("%s is %s, not an object of texts".formatted(NOTES, kind(parser)));
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = HeaderJson.name(parser);
            if (parser.nextToken() != JsonToken.VALUE_STRING) {
                throw refused("%s: %s is %s, not a text".formatted(NOTES, Excerpt.of(key), kind(parser)));
            }
            metadata.put(key, HeaderJson.text(parser));
        }
    }

    private Tensor object(JsonParser parser, String name) throws HeaderJson.RefusedException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw misfit(name, "it is %s, not an object".formatted(kind(parser)));
        }
        Element element = null;
        List<BigInteger> shape = null;
        List<BigInteger> offsets = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = HeaderJson.name(parser);
            parser.nextToken();
            switch (field) {
                case "dtype" -> {
                    requireOnce(name, field, element);
                    element = element(parser, name);
                }
                case "shape" -> {
                    requireOnce(name, field, shape);
                    shape = numbers(parser, name, field);
                }
                case "data_offsets" -> {
                    requireOnce(name, field, offsets);
                    offsets = numbers(parser, name, field);
                }
                default -> HeaderJson.skip(parser);
            }
        }
        return tensor(name, element, shape, offsets);
    }

    /** The same three fields as a list, in their order. */
    private Tensor list(JsonParser parser, String name) {
        parser.nextToken();
        Element element = element(parser, name);
        parser.nextToken();
        List<BigInteger> shape = numbers(parser, name, "shape");
        parser.nextToken();
        List<BigInteger> offsets = numbers(parser, name, "data_offsets");
        if (parser.nextToken() != JsonToken.END_ARRAY) {
            throw misfit(name, "it is a list of more than type, shape and offsets");
        }
        return tensor(name, element, shape, offsets);
    }

    private void requireOnce(String name, String field, @Nullable Object before) {
        if (before != null) {
            throw misfit(name, field + " appears twice");
        }
    }

    /** A type as a text, or as an object with one field: the name of the type with the value null. */
    private Element element(JsonParser parser, String name) {
        if (parser.currentToken() == JsonToken.START_OBJECT && parser.nextToken() == JsonToken.PROPERTY_NAME) {
            Element element = element(name, parser.currentName());
            if (parser.nextToken() != JsonToken.VALUE_NULL || parser.nextToken() != JsonToken.END_OBJECT) {
                throw misfit(name, "dtype is an object of more than a name");
            }
            return element;
        }
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw misfit(name, "dtype is %s, not a text".formatted(kind(parser)));
        }
        return element(name, parser.getString());
    }

    private Element element(String name, String type) {
        try {
            return Element.valueOf(type);
        } catch (IllegalArgumentException e) {
            throw new InvalidModelException(
                    "%s: tensor %s has type %s, which is not supported"
                            .formatted(file, Excerpt.of(name), Excerpt.of(type)),
                    e);
        }
    }

    private List<BigInteger> numbers(JsonParser parser, String name, String field) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw misfit(name, "%s is %s, not a list".formatted(field, kind(parser)));
        }
        List<BigInteger> numbers = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (numbers.size() == MAX_RANK) {
                throw misfit(name, "%s holds more than %d numbers".formatted(field, MAX_RANK));
            }
            boolean whole = parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                    && parser.getStringLength() <= DIGITS
                    && !parser.getString().startsWith("-")
                    && parser.getBigIntegerValue().compareTo(LARGEST) <= 0;
            if (!whole) {
                throw misfit(name, "%s has %s instead of a whole number, at least 0".formatted(field, kind(parser)));
            }
            numbers.add(parser.getBigIntegerValue());
        }
        return numbers;
    }

    private Tensor tensor(
            String name,
            @Nullable Element element,
            @Nullable List<BigInteger> shape,
            @Nullable List<BigInteger> offsets) {
        if (element == null || shape == null || offsets == null) {
            throw misfit(name, "it has no " + (element == null ? "dtype" : shape == null ? "shape" : "data_offsets"));
        }
        if (offsets.size() != 2) {
            throw misfit(name, "it has %d data_offsets instead of 2".formatted(offsets.size()));
        }
        BigInteger begin = offsets.get(0);
        BigInteger end = offsets.get(1);
        if (end.compareTo(begin) < 0) {
            throw misfit(name, "it ends at byte %d of the data, before its beginning at %d".formatted(end, begin));
        }
        BigInteger elements = BigInteger.ONE;
        for (BigInteger side : shape) {
            elements = limited(name, shape, elements.multiply(side));
        }
        BigInteger bits = limited(name, shape, elements.multiply(BigInteger.valueOf(element.bits())));
        BigInteger[] bytes = bits.divideAndRemainder(BigInteger.valueOf(Byte.SIZE));
        if (bytes[1].signum() != 0) {
            throw misfit(
                    name,
                    "%s of %s %s no whole bytes"
                            .formatted(
                                    Quantity.of(elements, "element"),
                                    element,
                                    Quantity.isOne(elements) ? "fills" : "fill"));
        }
        if (!end.subtract(begin).equals(bytes[0])) {
            throw misfit(
                    name,
                    "%s of %s takes %s, but its data_offsets %d and %d span %d"
                            .formatted(
                                    element,
                                    Excerpt.of(shape.toString()),
                                    Quantity.of(bytes[0], "byte"),
                                    begin,
                                    end,
                                    end.subtract(begin)));
        }
        try {
            long[] sides = shape.stream().mapToLong(BigInteger::longValueExact).toArray();
            return new Tensor(element, sides, begin.longValueExact(), end.longValueExact());
        } catch (ArithmeticException e) {
            throw new InvalidModelException(
                    "%s: tensor %s does not fit the file: its numbers are too large".formatted(file, Excerpt.of(name)),
                    e);
        }
    }

    private BigInteger limited(String name, List<BigInteger> shape, BigInteger number) {
        if (number.compareTo(LARGEST) > 0) {
            throw misfit(name, "its shape %s is too large".formatted(Excerpt.of(shape.toString())));
        }
        return number;
    }

    /** Where the last tensor ends. Each tensor must begin where the previous one ends. */
    private long end() {
        List<Map.Entry<String, Tensor>> inOrder = new ArrayList<>(tensors.entrySet());
        inOrder.sort(Comparator.comparingLong(
                        (Map.Entry<String, Tensor> it) -> it.getValue().begin())
                .thenComparingLong(it -> it.getValue().end()));
        long end = 0;
        for (Map.Entry<String, Tensor> each : inOrder) {
            long begin = each.getValue().begin();
            if (begin != end) {
                throw misfit(
                        each.getKey(),
                        "it begins at byte %d of the data, %s: there is %s"
                                        .formatted(
                                                begin,
                                                "where the tensors before it end at " + end,
                                                begin > end ? "a gap" : "an overlap")
                                + (repeated.isEmpty() ? "" : "; the header repeats: " + repeated()));
            }
            end = each.getValue().end();
        }
        return end;
    }

    private String repeated() {
        return Excerpt.of(repeated.stream().limit(SHOWN).map(Excerpt::of).collect(Collectors.joining(", ")))
                + (repeated.size() > SHOWN ? " and more" : "");
    }

    private static String kind(JsonParser parser) {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_ARRAY) {
            return "a list";
        }
        return token == JsonToken.START_OBJECT ? "an object" : Excerpt.of(parser.getString());
    }

    private InvalidModelException misfit(String name, String why) {
        return refused("tensor %s does not fit the file: %s".formatted(Excerpt.of(name), why));
    }

    private InvalidModelException refused(String why) {
        return new InvalidModelException("%s: %s".formatted(file, why));
    }
}
