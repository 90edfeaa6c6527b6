package dev.likeness.app.model;

import dev.likeness.diffusion.families.ModelFamilies;
import dev.likeness.diffusion.schedule.NoiseProcess;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.ModelHeaders;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The noise that models were trained with. Each is read at first use, and kept. */
@Component
public class ModelSchedules {

    private final ModelCatalogue models;
    private final Map<Path, NoiseProcess> read = new ConcurrentHashMap<>();

    ModelSchedules(ModelCatalogue models) {
        this.models = models;
    }

    public NoiseProcess of(BaseModel model) {
        Path folder = models.documents(model.id()).orElseThrow(() -> UnknownModelException.missing(model.id()));
        return read.computeIfAbsent(folder, documents -> {
            try {
                ModelHeaders headers = ModelHeaders.of(documents);
                return ModelFamilies.of(headers).noise(headers);
            } catch (InvalidModelException e) {
                throw new UnusableModelException(model.id(), String.valueOf(e.getMessage()), e);
            }
        });
    }
}
