package dev.likeness.app.model;

import dev.likeness.app.hub.TestHub;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Base models for tests of other packages. */
public final class TestCatalogue {

    private TestCatalogue() {}

    /** The bundled one, and a folder. */
    public static ModelCatalogue of(Path home, String id, Path folder) {
        return new ModelCatalogue(
                new ModelSettings(home, "likeness/tiny-world", Map.of(id, location(folder))),
                TestHub.offline(home),
                JsonMapper.builder().build());
    }

    /** The noise of models. */
    public static ModelSchedules schedules(ModelCatalogue models) {
        return new ModelSchedules(models);
    }

    /** The location of a folder. */
    static ModelSettings.Location location(Path folder) {
        return new ModelSettings.Location(folder, null, null, null, null, null, null, null);
    }
}
