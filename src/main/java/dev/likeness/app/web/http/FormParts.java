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
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The parts of a form with files. Text parts may be form fields or files, so they are read manually. */
public final class FormParts {

    public static final String IMAGES = Upload.IMAGES;
    public static final String IMAGE_URLS = Upload.IMAGE_URLS;
    public static final String MASKS = Upload.MASKS;
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
    public static FormParts of(MultipartHttpServletRequest request, Set<String> names, String... files) {
        List<Violation> violations = new ArrayList<>();
        Set<String> others = new TreeSet<>(request.getParameterMap().keySet());
        others.addAll(request.getMultiFileMap().keySet());
        others.removeAll(names);
        others.forEach(it -> violations.add(new Violation(List.of(it), "is not a known field", "extra_forbidden")));
        for (String part : files) {
            if (request.getParameter(part) != null) {
                violations.add(new Violation(
                        List.of(part), "must be files; with curl, write @ before the file name", "type_error"));
            }
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
        return uploads(IMAGES);
    }

    /** The masks of pictures, in the order of the form. */
    public List<Upload> masks() {
        return uploads(MASKS);
    }

    private List<Upload> uploads(String part) {
        return request.getFiles(part).stream()
                .map(it -> new Upload(
                        Objects.requireNonNullElse(it.getOriginalFilename(), ""),
                        it.getSize(),
                        it::getInputStream,
                        part))
                .toList();
    }

    /**
     * The URLs of pictures, in the order of the form: each part has one URL, or a JSON array of them.
     *
     * @throws InvalidSpecException if a part is neither
     */
    public List<String> imageUrls() {
        List<String> urls = new ArrayList<>();
        for (String text : texts(IMAGE_URLS)) {
            if (text.stripLeading().startsWith("[")) {
                urls.addAll(array(text));
            } else if (!text.isBlank()) {
                urls.add(text.strip());
            }
        }
        return urls;
    }

    private static List<String> array(String text) {
        try {
            return List.of(JsonMapper.shared().readValue(text, String[].class));
        } catch (JacksonException | NullPointerException e) {
            throw new InvalidSpecException(List.of(
                    new Violation(List.of(IMAGE_URLS), "must be a URL, or a JSON array of URLs", "type_error")));
        }
    }

    /** All texts of a part, in no particular order of fields and files. */
    public List<String> texts(String part) {
        List<String> texts = new ArrayList<>();
        String[] fields = request.getParameterValues(part);
        if (fields != null) {
            texts.addAll(List.of(fields));
        }
        request.getFiles(part).forEach(it -> texts.add(read(it)));
        return texts;
    }

    /**
     * The text as sent, or null.
     *
     * @throws InvalidSpecException if there are several
     */
    @Nullable
    public String text(String part) {
        List<String> texts = texts(part);
        if (texts.size() > 1) {
            throw new InvalidSpecException(List.of(new Violation(
                    List.of(part),
                    "must be sent once, but was sent %d times".formatted(texts.size()),
                    "wrong_length")));
        }
        return texts.isEmpty() ? null : texts.get(0);
    }

    private static String read(MultipartFile file) {
        try {
            return new String(file.getBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
