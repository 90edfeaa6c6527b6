package dev.likeness.app.web.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.Objects;
import java.util.stream.Stream;
import org.springdoc.core.customizers.OpenApiCustomizer;

/**
 * Makes examples ones of their schema. The document's reader of annotations gives what is said of a list or a map to each of
 * its elements, too, and reads an example as JSON even where the schema is text.
 */
class ExampleRepairs implements OpenApiCustomizer {

    @Override
    public void customise(OpenAPI api) {
        api.getComponents().getSchemas().values().forEach(ExampleRepairs::repair);
        api.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .flatMap(it -> it.getParameters() == null ? Stream.empty() : it.getParameters().stream())
                .forEach(ExampleRepairs::repair);
    }

    private static void repair(Parameter parameter) {
        if ("string".equals(parameter.getSchema().getType()) && parameter.getExample() != null) {
            parameter.setExample(parameter.getExample().toString());
        }
    }

    private static void repair(Schema<?> schema) {
        if (schema.getAllOf() != null) {
            schema.getAllOf().forEach(ExampleRepairs::repair);
        }
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(ExampleRepairs::repair);
        }
        if (schema.getItems() != null) {
            repairElement(schema, schema.getItems());
        }
        if (schema.getAdditionalProperties() instanceof Schema<?> values) {
            repairElement(schema, values);
        }
    }

    private static void repairElement(Schema<?> whole, Schema<?> element) {
        if (Objects.equals(whole.getDescription(), element.getDescription()) || "binary".equals(element.getFormat())) {
            element.setDescription(null);
            element.setExample(null);
            element.setExampleSetFlag(false);
        }
        repair(element);
    }
}
