package dev.likeness.app.web.studio;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * The built files of the studio, from the class path. A file is read when it is first asked for, so that a start does
 * not wait for it, and stays in memory.
 */
@Component
class StudioFiles {

    /** The only names that a build creates. No such name leaves the folder. */
    private static final Pattern NAME =
            Pattern.compile("index\\.html|assets/[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*\\.(js|css|svg)");

    private final Map<String, StudioFile> read = new ConcurrentHashMap<>();

    /** The file with a name such as {@code assets/index-B5ng4mra.css}; empty if it does not exist. */
    Optional<StudioFile> find(String name) throws IOException {
        StudioFile known = read.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        ClassPathResource resource = new ClassPathResource("studio/" + name);
        if (!NAME.matcher(name).matches() || !resource.exists()) {
            return Optional.empty();
        }
        StudioFile file = StudioFile.of(name, resource.getContentAsByteArray());
        read.put(name, file);
        return Optional.of(file);
    }
}
