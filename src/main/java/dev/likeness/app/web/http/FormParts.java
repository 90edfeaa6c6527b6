package dev.likeness.app.web.http;

import dev.likeness.app.refusal.Violation;
import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.upload.Upload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/** The parts of a form with files. Text parts may be form fields or files, so they are read manually. */
public final class FormParts {

    public static final String IMAGES = "images";
    public static final String CLASS_WORD = "class_word";

    private final MultipartHttpServletRequest request;

    private FormParts(MultipartHttpServletRequest request) {
        this.request = request;
    }

    /**
     * @param names allowed parts
     * @param files names of those parts that must be files
     * @throws InvalidSpecException if there are other parts
     */
    public static FormParts of(MultipartHttpServletRequest request, Set<String> names, String files) {
        List<Violation> violations = new ArrayList<>();
        Set<String> others = new TreeSet<>(request.getParameterMap().keySet());
        others.addAll(request.getMultiFileMap().keySet());
        others.removeAll(names);
        others.forEach(it -> violations.add(new Violation(List.of(it), "is not a known field", "extra_forbidden")));
        if (request.getParameter(files) != null) {
            violations.add(new Violation(
                    List.of(files), "must be files; with curl, write @ before the file name", "type_error"));
        }
        if (!violations.isEmpty()) {
            throw new InvalidSpecException(violations);
        }
        return new FormParts(request);
    }

    /** The files of a part, in the order of the form. */
    public List<MultipartFile> files(String part) {
        return request.getFiles(part);
    }

    /** The pictures, in the order of the form. */
    public List<Upload> uploads() {
        return request.getFiles(IMAGES).stream()
                .map(it -> new Upload(
                        Objects.requireNonNullElse(it.getOriginalFilename(), ""), it.getSize(), it::getInputStream))
                .toList();
    }

    /** The text as sent, or null. */
    @Nullable
    public String text(String part) {
        MultipartFile file = request.getFile(part);
        if (file == null) {
            return request.getParameter(part);
        }
        try {
            return new String(file.getBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
