package dev.likeness.app.web.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.json.JsonMapper;

/**
 * Texts and examples of the OpenAPI document, from {@code openapi/en.yml}. A schema is found by its name in the document, an
 * operation by its id.
 *
 * @param api description of the whole API
 * @param security descriptions of the authentication schemes
 * @param tags descriptions of tags
 * @param parameters parameters that several operations share: a path parameter as {@code jobs.id}, any other by its name
 * @param responses responses that several operations share, by status
 * @param headers descriptions of response headers
 * @param operations by operation id
 * @param schemas by name
 */
record Texts(
        String api,
        Map<String, String> security,
        Map<String, String> tags,
        Map<String, Field> parameters,
        Map<String, String> responses,
        Map<String, String> headers,
        Map<String, Operation> operations,
        Map<String, Schema> schemas) {

    private static final String FILE = "openapi/en.yml";

    /** @throws IllegalArgumentException if the file has a key that none of these records has */
    static Texts read() {
        try (InputStream file = new ClassPathResource(FILE).getInputStream()) {
            Map<?, ?> tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
            return JsonMapper.shared().convertValue(tree, Texts.class);
        } catch (IOException e) {
            throw new UncheckedIOException(FILE, e);
        }
    }

    /**
     * @param text description
     * @param example a value that fits the field's schema
     */
    record Field(String text, @Nullable Object example) {}

    /**
     * @param summary a few words
     * @param text description
     * @param body description of the request body
     * @param parameters parameters that only this operation has, by name
     * @param responses responses that only this operation has, by status
     * @param example of the successful response, where no schema gives one
     */
    record Operation(
            String summary,
            String text,
            @Nullable String body,
            @Nullable Map<String, Field> parameters,
            @Nullable Map<String, String> responses,
            @Nullable Object example) {}

    /**
     * @param text description
     * @param example an accepted value, where the examples of all fields together are none
     * @param fields by name; none for an enumeration
     */
    record Schema(
            String text, @Nullable Object example, @Nullable Map<String, Field> fields) {}
}
