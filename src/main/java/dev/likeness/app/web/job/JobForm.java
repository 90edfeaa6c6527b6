package dev.likeness.app.web.job;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.likeness.app.refusal.Violation;
import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.upload.Upload;
import dev.likeness.app.web.http.FormParts;
import dev.likeness.app.web.http.JsonPictures;
import dev.likeness.app.web.problem.UnreadablePartException;
import dev.likeness.app.web.task.TaskOptions;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The form for submitting a job.
 *
 * @param subject the same form for an existing subject, without pictures, or null
 * @param uploads the pictures, or their archive, in the order of the form
 * @param imageUrls URLs of further pictures, or of their archive
 * @param masks of the pictures, in the order of the form
 * @param classWord as sent, or null
 * @param spec as sent; empty if absent
 * @param options of the job
 */
record JobForm(
        @Nullable JobRequest subject,
        List<Upload> uploads,
        List<String> imageUrls,
        List<Upload> masks,
        @Nullable String classWord,
        ObjectNode spec,
        TaskOptions options) {

    private static final String SPEC = "spec";
    private static final Set<String> PARTS = Stream.concat(
                    TaskOptions.FIELDS.stream(),
                    Stream.of(
                            FormParts.IMAGES,
                            FormParts.IMAGE_URLS,
                            FormParts.MASKS,
                            JobRequest.SUBJECT_ID,
                            FormParts.CLASS_WORD,
                            SPEC))
            .collect(Collectors.toUnmodifiableSet());

    /**
     * @throws InvalidSpecException if there are unknown parts
     * @throws UnreadablePartException if the spec is not a JSON object
     */
    static JobForm read(MultipartHttpServletRequest request, JsonMapper json) {
        FormParts parts = FormParts.of(request, PARTS, FormParts.IMAGES, FormParts.MASKS);
        String text = parts.text(SPEC);
        ObjectNode spec = text == null ? json.createObjectNode() : object(text, json);
        List<Upload> uploads = parts.uploads();
        List<String> urls = parts.imageUrls();
        List<Upload> masks = parts.masks();
        String classWord = parts.text(FormParts.CLASS_WORD);
        ObjectNode options = TaskOptions.of(parts, json);
        String subjectId = parts.text(JobRequest.SUBJECT_ID);
        if (subjectId == null || subjectId.isBlank()) {
            return new JobForm(null, uploads, urls, masks, classWord, spec, TaskOptions.take(options));
        }
        if (!uploads.isEmpty() || !urls.isEmpty() || !masks.isEmpty()) {
            throw replacesPictures();
        }
        ObjectNode body = options.put(JobRequest.SUBJECT_ID, subjectId).put(FormParts.CLASS_WORD, classWord);
        JobRequest subject = JobRequest.read(body.set(SPEC, spec));
        return new JobForm(subject, uploads, urls, masks, classWord, spec, subject.options());
    }

    /**
     * The same in JSON: an existing subject, or URLs of pictures.
     *
     * @throws InvalidSpecException if a field is missing, invalid or unknown
     */
    static JobForm read(ObjectNode body) {
        ObjectNode rest = body.deepCopy();
        JsonNode urls = rest.remove(FormParts.IMAGE_URLS);
        if (urls == null || urls.isNull()) {
            JobRequest subject = JobRequest.read(rest);
            return new JobForm(subject, List.of(), List.of(), List.of(), null, subject.spec(), subject.options());
        }
        if (body.hasNonNull(JobRequest.SUBJECT_ID)) {
            throw replacesPictures();
        }
        PlanRequest request = PlanRequest.read(rest, false);
        return new JobForm(
                null,
                List.of(),
                JsonPictures.urls(body),
                List.of(),
                request.classWord(),
                request.spec(),
                request.options());
    }

    private static InvalidSpecException replacesPictures() {
        return new InvalidSpecException(List.of(new Violation(
                List.of(JobRequest.SUBJECT_ID),
                "replaces images, image_urls and masks: send only one of them",
                "value_error")));
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

    /** The form in the OpenAPI document. */
    @Schema(name = "JobForm")
    record Described(
            @ArraySchema(schema = @Schema(type = "string", format = "binary"), maxItems = 12)
            List<String> images,

            @ArraySchema(schema = @Schema(type = "string", format = "uri"), maxItems = 12)
            List<String> imageUrls,

            @ArraySchema(schema = @Schema(type = "string", format = "binary"))
            List<String> masks,

            UUID subjectId,

            String classWord,

            // Only the reference: with further fields, generators lose the type of a form's field.
            JobSpec spec,

            @JsonUnwrapped TaskOptions.Described options) {}
}
