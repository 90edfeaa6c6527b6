package dev.likeness.diffusion.schedule;

import dev.likeness.diffusion.wire.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Learning rates that each apply to a number of steps. */
final class SteppedRate implements LearningRate {

    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");
    private static final Pattern STEP = Pattern.compile("0*[1-9][0-9]{0,8}");
    private static final int NO_BOUND = Integer.MAX_VALUE;

    private final List<Part> parts;

    private SteppedRate(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /** A rate that applies while the step is below the bound. */
    private record Part(double rate, int bound) {}

    /** See {@link LearningRate#parse}. */
    static SteppedRate parse(String text, int steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("a run has at least 1 step, not " + steps);
        }
        if (text.isBlank()) {
            throw new IllegalArgumentException(
                    "the learning rate is empty: give one such as 5e-4, or several such as 5e-2:100, 5e-3:500, 5e-4");
        }
        String[] written = text.split(",", -1);
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < written.length; i++) {
            Place place = new Place(text, i + 1, written[i].strip());
            Part part = part(place);
            boolean isLast = i == written.length - 1;
            if (!isLast && part.bound() == NO_BOUND) {
                throw place.error(
                        "only the last rate may stand without a bound: write rate:step, or delete what follows");
            }
            if (i > 0 && part.bound() <= parts.get(i - 1).bound()) {
                throw place.error("its bound %d is not above the one before, %d: write bounds in increasing order"
                        .formatted(part.bound(), parts.get(i - 1).bound()));
            }
            if (isLast && part.bound() < steps) {
                throw place.error("it ends at step %d, but the run has %s: delete the last bound, or add a rate"
                        .formatted(part.bound(), Quantity.of(steps, "step")));
            }
            parts.add(part);
        }
        return new SteppedRate(parts);
    }

    @Override
    public double at(int step) {
        return parts.stream()
                .filter(it -> step < it.bound())
                .findFirst()
                .orElse(parts.get(parts.size() - 1))
                .rate();
    }

    private static Part part(Place place) {
        if (place.part().isEmpty()) {
            throw place.error("it is empty: give it a rate, or delete the comma");
        }
        String[] fields = place.part().split(":", -1);
        if (fields.length > 2) {
            throw place.error("it has more than one colon: write rate:step");
        }
        return new Part(
                rate(place, fields[0].strip()), fields.length == 1 ? NO_BOUND : bound(place, fields[1].strip()));
    }

    private static double rate(Place place, String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw place.error("\"%s\" is not a number: write the rate such as 0.005 or 5e-3".formatted(text));
        }
        double rate = Double.parseDouble(text);
        if (!(rate > 0 && Double.isFinite(rate))) {
            throw place.error("the rate %s is not above 0, or too large: give one such as 5e-3".formatted(text));
        }
        return rate;
    }

    private static int bound(Place place, String text) {
        if (!STEP.matcher(text).matches()) {
            throw place.error("the bound \"%s\" is not a step from 1 to 999999999: write a whole number such as 100"
                    .formatted(text));
        }
        return Integer.parseInt(text);
    }

    /** A part of the text, for messages. */
    private record Place(String text, int number, String part) {

        IllegalArgumentException error(String problem) {
            return new IllegalArgumentException(
                    "learning rate \"%s\", part %d \"%s\": %s".formatted(text, number, part, problem));
        }
    }
}
