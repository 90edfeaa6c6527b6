package dev.likeness.diffusion.token;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the added tokens that belong to one placeholder: {@code <x>}, then {@code <x>_1}, {@code <x>_2} and so on. */
final class PlaceholderRows {

    private static final Pattern LATER_ROW = Pattern.compile("(.+)_([1-9][0-9]{0,3})");

    private PlaceholderRows() {}

    /**
     * The id of each later token's predecessor, by the later token's id.
     *
     * @param added ids of the added tokens
     */
    static Map<Long, Long> previous(Map<String, Long> added) {
        Map<Long, Long> previous = new HashMap<>();
        added.forEach((token, id) -> {
            Matcher name = LATER_ROW.matcher(token);
            if (name.matches()) {
                int row = Integer.parseInt(name.group(2));
                Long before = added.get(row == 1 ? name.group(1) : name.group(1) + "_" + (row - 1));
                if (before != null) {
                    previous.put(id, before);
                }
            }
        });
        return Map.copyOf(previous);
    }

    /** The placeholders with several tokens. */
    static List<Placeholder> several(Collection<String> added) {
        List<Placeholder> several = new ArrayList<>();
        for (String token : added) {
            int vectors = 1;
            while (added.contains(token + "_" + vectors)) {
                vectors++;
            }
            if (vectors > 1) {
                several.add(new Placeholder(token, vectors));
            }
        }
        return List.copyOf(several);
    }
}
