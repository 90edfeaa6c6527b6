package dev.likeness.app.web.adapter;

import dev.likeness.app.refusal.Violation;
import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.web.http.FormParts;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/** The form for uploading an adapter; absent texts are null. */
record AdapterForm(
        MultipartFile file,
        @Nullable String name,
        @Nullable String model,
        @Nullable String placeholder) {

    private static final String FILE = "file";
    private static final String NAME = "name";
    private static final String MODEL = "model";
    private static final String PLACEHOLDER = "placeholder";
    private static final Set<String> PARTS = Set.of(FILE, NAME, MODEL, PLACEHOLDER);

    /** @throws InvalidSpecException if there are unknown parts, or not exactly one file */
    static AdapterForm read(MultipartHttpServletRequest request) {
        FormParts parts = FormParts.of(request, PARTS, FILE);
        List<MultipartFile> files = parts.files(FILE);
        if (files.size() != 1) {
            String message = "must be sent once, but was sent %d times".formatted(files.size());
            throw new InvalidSpecException(
                    List.of(new Violation(List.of(FILE), message, files.isEmpty() ? "missing" : "wrong_length")));
        }
        return new AdapterForm(files.get(0), parts.text(NAME), parts.text(MODEL), parts.text(PLACEHOLDER));
    }

    /** The client's name for the file; may be empty. */
    String fileName() {
        return Objects.requireNonNullElse(file.getOriginalFilename(), "");
    }

    /** The form in the OpenAPI document. */
    @Schema(
            name = "AdapterForm",
            requiredProperties = {FILE})
    record Described(
            @Schema(type = "string", format = "binary") String file, String name, String model, String placeholder) {}
}
