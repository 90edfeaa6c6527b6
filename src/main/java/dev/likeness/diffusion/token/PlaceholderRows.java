package dev.likeness.diffusion.token;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which added tokens are rows of one learned placeholder: {@code <x>}, then {@code <x>_1}, {@code <x>_2} and so on. */
final class PlaceholderRows {

    private static final Pattern LATER_ROW = Pattern.compile("(.+)_([1-9][0-9]{0,3})");

    private PlaceholderRows() {}

    /**
     * The id of the row before, by the id of a row.
     *
     * @param added the tokens beyond the vocabulary
     * @param firstId the id of the first of them
     */
    static Map<Long, Long> previous(List<String> added, long firstId) {
        Map<Long, Long> previous = new HashMap<>();
        for (int i = 0; i < added.size(); i++) {
            Matcher name = LATER_ROW.matcher(added.get(i));
            if (name.matches()) {
                int row = Integer.parseInt(name.group(2));
                int before = added.indexOf(row == 1 ? name.group(1) : name.group(1) + "_" + (row - 1));
                if (before >= 0) {
                    previous.put(firstId + i, firstId + before);
                }
            }
        }
        return Map.copyOf(previous);
    }
}
