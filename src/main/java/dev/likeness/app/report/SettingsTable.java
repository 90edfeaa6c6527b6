package dev.likeness.app.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A readable form of a spec. */
final class SettingsTable {

    private static final String NOTHING = "–";

    private SettingsTable() {}

    /** A group of settings. */
    public record Section(String name, List<Entry> entries) {}

    /** A setting. */
    public record Entry(String name, String value) {}

    /** @param settings a spec as JSON */
    static List<Section> of(Map<?, ?> settings) {
        List<Entry> general = new ArrayList<>();
        List<Section> sections = new ArrayList<>(List.of(new Section("general", general)));
        settings.forEach((name, value) -> {
            if (value instanceof Map<?, ?> inner) {
                List<Entry> entries = new ArrayList<>();
                inner.forEach((key, each) -> entries.add(new Entry(key.toString(), shown(each))));
                sections.add(new Section(name.toString(), entries));
            } else {
                general.add(new Entry(name.toString(), shown(value)));
            }
        });
        return sections;
    }

    private static String shown(@Nullable Object value) {
        if (value instanceof Double number && Double.isFinite(number)) {
            return new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
        }
        if (value instanceof List<?> list) {
            return list.isEmpty()
                    ? NOTHING
                    : list.stream().map(SettingsTable::shown).collect(Collectors.joining("\n"));
        }
        return value == null || value.toString().isEmpty() ? NOTHING : value.toString();
    }
}
