package dev.likeness.app.score;

import dev.likeness.diffusion.evaluation.Metric;
import dev.likeness.diffusion.wire.Wire;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

/** Stores a metric by its wire name. */
@Converter
class MetricColumn implements AttributeConverter<Metric, String> {

    @Override
    public String convertToDatabaseColumn(Metric metric) {
        return metric.wire();
    }

    @Override
    public Metric convertToEntityAttribute(String wire) {
        return Wire.named(Metric.class, wire);
    }
}
