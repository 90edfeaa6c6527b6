package dev.likeness.app.web.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;

/** Adds {@link Texts} to the document. A place without a text stays as it is. */
class TextCustomizer implements OpenApiCustomizer {

    private final Texts texts;

    TextCustomizer(Texts texts) {
        this.texts = texts;
    }

    @Override
    public void customise(OpenAPI api) {
        api.getInfo().description(texts.api());
        api.getComponents()
                .getSecuritySchemes()
                .forEach((name, scheme) -> scheme.description(texts.security().get(name)));
        api.getTags().forEach(it -> it.description(texts.tags().get(it.getName())));
        api.getPaths().forEach(this::describe);
        api.getComponents().getSchemas().forEach(this::describe);
    }

    private void describe(String path, PathItem item) {
        for (Operation operation : item.readOperations()) {
            Texts.Operation of = texts.operations().get(operation.getOperationId());
            if (of != null) {
                describe(path, operation, of);
            }
        }
    }

    private void describe(String path, Operation operation, Texts.Operation of) {
        operation.summary(of.summary()).description(of.text());
        if (operation.getRequestBody() != null) {
            operation.getRequestBody().description(of.body());
        }
        for (Parameter parameter : Objects.requireNonNullElse(operation.getParameters(), List.<Parameter>of())) {
            Texts.Field field = orEmpty(of.parameters()).get(parameter.getName());
            describe(
                    parameter,
                    field != null ? field : texts.parameters().get(key(path, parameter.getName(), parameter.getIn())));
        }
        operation.getResponses().forEach((status, response) -> describe(status, response, of));
    }

    private static void describe(Parameter parameter, Texts.@Nullable Field field) {
        if (field != null) {
            parameter.description(field.text()).example(field.example());
        }
    }

    private void describe(String status, ApiResponse response, Texts.Operation of) {
        String text =
                orEmpty(of.responses()).getOrDefault(status, texts.responses().get(status));
        if (text != null) {
            response.description(text);
        }
        if (response.getHeaders() != null) {
            response.getHeaders()
                    .forEach(
                            (name, header) -> header.description(texts.headers().get(name)));
        }
        if (status.equals("200") && of.example() != null) {
            response.getContent().values().forEach(it -> it.example(of.example()));
        }
    }

    /**
     * The key of a path parameter contains the previous part of the path, such as {@code jobs.id}; other keys are the
     * names.
     */
    static String key(String path, String name, String in) {
        if (!in.equals("path")) {
            return name;
        }
        List<String> before = Arrays.stream(
                        path.substring(0, path.indexOf("{" + name + "}")).split("/"))
                .filter(it -> !it.isEmpty() && !it.startsWith("{"))
                .toList();
        return before.get(before.size() - 1) + "." + name;
    }

    private void describe(String name, Schema<?> schema) {
        Texts.Schema of = texts.schemas().get(name);
        if (of == null) {
            return;
        }
        schema.description(of.text());
        if (of.example() != null) {
            schema.setExample(of.example());
        }
        Map<String, Texts.Field> fields = orEmpty(of.fields());
        parts(schema)
                .filter(it -> it.getProperties() != null)
                .forEach(part -> part.getProperties().replaceAll((field, property) -> {
                    Texts.Field text = fields.get(field);
                    return text == null ? property : described(property, text);
                }));
    }

    private static Stream<Schema<?>> parts(Schema<?> schema) {
        Stream<Schema<?>> parts = schema.getAllOf() == null
                ? Stream.empty()
                : schema.getAllOf().stream().map(it -> (Schema<?>) it);
        return Stream.concat(Stream.of(schema), parts);
    }

    private static Schema<?> described(Schema<?> property, Texts.Field text) {
        Schema<?> described = property;
        if (property.get$ref() != null) {
            // Readers ignore fields beside a reference.
            described = new Schema<>();
            described.setAllOf(List.of(property));
        }
        described.description(text.text());
        if (text.example() != null) {
            described.setExample(text.example());
        }
        return described;
    }

    private static <V> Map<String, V> orEmpty(@Nullable Map<String, V> map) {
        return map == null ? Map.of() : map;
    }
}
