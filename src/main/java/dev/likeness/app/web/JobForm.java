package dev.likeness.app.web;

import dev.likeness.app.job.InvalidSpecException;
import dev.likeness.app.job.JobSpec;
import dev.likeness.app.subject.Upload;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.SchemaResolution;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The form a job is submitted with.
 *
 * @param uploads the pictures, in the order of the form
 * @param classWord as it was sent, or null
 * @param spec as it was sent; empty if there was none
 * @param webhook as it was sent, or null
 */
record JobForm(
        List<Upload> uploads,
        @Nullable String classWord,
        ObjectNode spec,
        @Nullable String webhook) {

    private static final String SPEC = "spec";
    private static final Set<String> PARTS = Set.of(FormParts.IMAGES, FormParts.CLASS_WORD, SPEC, JobRequest.WEBHOOK);

    /**
     * @throws InvalidSpecException if there are parts that do not belong there
     * @throws UnreadablePartException if the spec is not a JSON object
     */
    static JobForm read(MultipartHttpServletRequest request, JsonMapper json) {
        FormParts parts = FormParts.of(request, PARTS, FormParts.IMAGES);
        String spec = parts.text(SPEC);
        return new JobForm(
                parts.uploads(),
                parts.text(FormParts.CLASS_WORD),
                spec == null ? json.createObjectNode() : object(spec, json),
                parts.text(JobRequest.WEBHOOK));
    }

    private static ObjectNode object(String text, JsonMapper json) {
        if (text.isBlank()) {
            return json.createObjectNode();
        }
        try {
            JsonNode node = json.readTree(text);
            if (node instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            // Falls through: text that is no JSON is no JSON object either.
        }
        throw new UnreadablePartException(SPEC);
    }

    /** The form as it stands in the OpenAPI document. */
    @Schema(
            name = "JobForm",
            description = "A subject's pictures, what it is, and how to train.",
            requiredProperties = {FormParts.IMAGES, FormParts.CLASS_WORD})
    record Described(
            @ArraySchema(
                    arraySchema = @Schema(description = "Three to six pictures of the subject: JPEG, PNG or WebP."),
                    schema = @Schema(type = "string", format = "binary", example = "1.png"),
                    minItems = 3,
                    maxItems = 6)
            List<String> images,

            @Schema(description = "What the subject is, in one word.", example = "teapot")
            String classWord,

            @Schema(
                    description = "How to train and what to draw; every field may be left out.",
                    schemaResolution = SchemaResolution.ALL_OF_REF)
            JobSpec spec,

            @Schema(
                    description = "URL that is told when the job becomes final, as Standard Webhooks has it.",
                    format = "uri",
                    example = "https://example.com/hooks/likeness",
                    nullable = true)
            @Nullable
            String webhook) {}
}
