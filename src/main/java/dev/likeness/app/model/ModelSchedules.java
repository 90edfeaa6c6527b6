package dev.likeness.app.model;

import dev.likeness.diffusion.schedule.SchedulerConfig;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.ModelConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The noise schedules of models. Each is read at first use, and kept. */
@Component
public class ModelSchedules {

    private final ModelCatalogue models;
    private final Map<Path, SchedulerConfig> read = new ConcurrentHashMap<>();

    ModelSchedules(ModelCatalogue models) {
        this.models = models;
    }

    public SchedulerConfig of(BaseModel model) {
        Path folder = models.documents(model.id()).orElseThrow(() -> new UnknownModelException(model.id()));
        return read.computeIfAbsent(folder.resolve("scheduler/scheduler_config.json"), file -> {
            try {
                @SuppressWarnings("unchecked")
                Map<String, Object> json = ModelConfig.read(file, Map.class);
                return SchedulerConfig.from(json);
            } catch (InvalidModelException | IllegalArgumentException e) {
                throw new UnusableModelException(model.id(), "scheduler/scheduler_config.json: " + e.getMessage(), e);
            }
        });
    }
}
