package dev.likeness.app.demo;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A bundled subject.
 *
 * @param subject its name for display
 * @param classWord its class word for the model
 */
record PictureSet(String subject, String classWord, List<Resource> pictures) {

    /** @throws IOException if the set does not exist */
    static PictureSet bundled(String name) throws IOException {
        ClassPathResource description = new ClassPathResource("subjects/%s/subject.json".formatted(name));
        try (InputStream in = description.getInputStream()) {
            JsonNode json = JsonMapper.shared().readTree(in);
            Resource[] pictures = new PathMatchingResourcePatternResolver()
                    .getResources("classpath:subjects/%s/*.png".formatted(name));
            return new PictureSet(
                    json.required("subject").stringValue(),
                    json.required("class_word").stringValue(),
                    Arrays.asList(pictures));
        }
    }
}
