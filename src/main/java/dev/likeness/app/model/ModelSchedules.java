package dev.likeness.app.model;

import dev.likeness.diffusion.schedule.SchedulerConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The noise schedules that models were trained with. Each is read when it is first asked for, and kept. */
@Component
public class ModelSchedules {

    private final ModelCatalogue models;
    private final JsonMapper json;
    private final Map<Path, SchedulerConfig> read = new ConcurrentHashMap<>();

    ModelSchedules(ModelCatalogue models, JsonMapper json) {
        this.models = models;
        this.json = json;
    }

    public SchedulerConfig of(BaseModel model) {
        Path folder = models.documents(model.id()).orElseThrow(() -> new UnknownModelException(model.id()));
        return read.computeIfAbsent(folder.resolve("scheduler/scheduler_config.json"), file -> {
            try {
                return SchedulerConfig.from(json.readValue(file.toFile(), new TypeReference<Map<String, Object>>() {}));
            } catch (JacksonException | IllegalArgumentException e) {
                throw new UnusableModelException(model.id(), file + " cannot be used", e);
            }
        });
    }
}
