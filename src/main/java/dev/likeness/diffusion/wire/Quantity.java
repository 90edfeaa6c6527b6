package dev.likeness.diffusion.wire;

/** A number with its noun, for messages: "1 step", "2 steps". */
public final class Quantity {

    private Quantity() {}

    /** @param noun in the singular; the plural ends in s */
    public static String of(Number number, String noun) {
        return of(number, noun, noun + "s");
    }

    /** A noun whose plural does not end in s, or a verb with its subject. */
    public static String of(Number number, String one, String several) {
        return number + " " + (isOne(number) ? one : several);
    }

    /** Whether the noun of this number is in the singular. */
    public static boolean isOne(Number number) {
        return number.toString().equals("1");
    }
}
