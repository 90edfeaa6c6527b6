package dev.likeness.diffusion.adapter;

import dev.likeness.diffusion.adapter.KeyProblem.Kind;
import dev.likeness.diffusion.wire.Wire;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The numbers with which momentum textual inversion can continue: v_train, v_star and gamma. A text encoder's input, e = (1 - gamma)
 * v_star + gamma v_train, does not contain them separately. They are in the metadata of a file of embeddings, because other
 * programs refuse such a file with further tensors: {@code likeness.gamma}, {@code likeness.momentum_mode}, and for each text
 * encoder, from 0 on, {@code likeness.v_train.0} and {@code likeness.v_star.0}, which are the [N, D] numbers row by row as
 * little-endian fp32 in Base64.
 *
 * @param gamma 0 to 1
 * @param mode how v_star changes
 * @param train v_train, for each text encoder [N, D]
 * @param star v_star, in the same shapes
 */
public record MomentumState(double gamma, MomentumMode mode, List<float[]> train, List<float[]> star) {

    private static final String GAMMA = "likeness.gamma";
    private static final String MODE = "likeness.momentum_mode";
    private static final String TRAIN = "likeness.v_train.";
    private static final String STAR = "likeness.v_star.";

    public MomentumState {
        train = List.copyOf(train);
        star = List.copyOf(star);
    }

    /** The entries of a file's header. */
    public Map<String, String> header() {
        Map<String, String> header = new LinkedHashMap<>();
        header.put(GAMMA, Double.toString(gamma));
        header.put(MODE, mode.wire());
        for (int textEncoder = 0; textEncoder < train.size(); textEncoder++) {
            header.put(TRAIN + textEncoder, text(train.get(textEncoder)));
            header.put(STAR + textEncoder, text(star.get(textEncoder)));
        }
        return header;
    }

    /** Whether all numbers are equal. */
    public boolean isSameAs(MomentumState other) {
        return gamma == other.gamma && mode == other.mode && same(train, other.train) && same(star, other.star);
    }

    private static boolean same(List<float[]> some, List<float[]> others) {
        return Arrays.deepEquals(some.toArray(), others.toArray());
    }

    /**
     * Reads the entries of a file's header.
     *
     * @param lengths for each text encoder N times D
     * @return null without such entries
     * @throws UnusableAdapterException naming each entry that is missing or damaged
     */
    public static @Nullable MomentumState read(Map<String, String> header, List<Integer> lengths) {
        if (header.keySet().stream().noneMatch(MomentumState::isOurs)) {
            return null;
        }
        Reader reader = new Reader(header);
        double gamma = reader.gamma();
        MomentumMode mode = reader.mode();
        List<float[]> train = reader.numbers(TRAIN, lengths);
        List<float[]> star = reader.numbers(STAR, lengths);
        if (!reader.problems.isEmpty()) {
            throw new UnusableAdapterException(reader.problems);
        }
        return new MomentumState(gamma, mode, train, star);
    }

    private static boolean isOurs(String key) {
        return key.equals(GAMMA) || key.equals(MODE) || key.startsWith(TRAIN) || key.startsWith(STAR);
    }

    private static String text(float[] numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(numbers.length, Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(numbers);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    /** Collects the problems. */
    private record Reader(Map<String, String> header, List<KeyProblem> problems) {

        Reader(Map<String, String> header) {
            this(header, new ArrayList<>());
        }

        private double gamma() {
            try {
                double gamma = Double.parseDouble(header.getOrDefault(GAMMA, ""));
                if (gamma >= 0 && gamma <= 1) {
                    return gamma;
                }
            } catch (NumberFormatException e) {
                // Reported below.
            }
            refuse(GAMMA, "is metadata of momentum textual inversion and must be a number from 0 to 1");
            return 1;
        }

        private MomentumMode mode() {
            return Wire.of(MomentumMode.class, header.getOrDefault(MODE, "")).orElseGet(() -> {
                refuse(
                        MODE,
                        "is metadata of momentum textual inversion and must be one of "
                                + String.join(", ", Wire.names(MomentumMode.class)));
                return MomentumMode.ANCHOR;
            });
        }

        private List<float[]> numbers(String prefix, List<Integer> lengths) {
            List<float[]> numbers = new ArrayList<>();
            for (int textEncoder = 0; textEncoder < lengths.size(); textEncoder++) {
                numbers.add(numbers(prefix + textEncoder, lengths.get(textEncoder)));
            }
            return numbers;
        }

        private float[] numbers(String key, int length) {
            float[] numbers = new float[length];
            byte[] bytes = bytes(header.getOrDefault(key, ""));
            boolean whole = bytes.length == (long) length * Float.BYTES;
            if (whole) {
                ByteBuffer.wrap(bytes)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asFloatBuffer()
                        .get(numbers);
            }
            for (int i = 0; whole && i < length; i++) {
                whole = Float.isFinite(numbers[i]);
            }
            if (!whole) {
                refuse(
                        key,
                        "is metadata of momentum textual inversion and must contain %d finite numbers, fp32 in Base64"
                                .formatted(length));
            }
            return numbers;
        }

        private static byte[] bytes(String text) {
            try {
                return Base64.getDecoder().decode(text);
            } catch (IllegalArgumentException e) {
                return new byte[0];
            }
        }

        private void refuse(String key, String message) {
            problems.add(new KeyProblem(key, Kind.WRONG_VALUE, message));
        }
    }
}
