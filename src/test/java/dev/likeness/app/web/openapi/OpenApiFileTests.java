package dev.likeness.app.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api;
import dev.likeness.app.ApiTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The file for generating clients, including the demo's, equals the service's document. */
@ApiTest
class OpenApiFileTests {

    private static final Path FILE = Path.of("src/main/openapi/likeness.json");

    @Autowired
    Api api;

    @Autowired
    JsonMapper json;

    @Test
    void holdsWhatTheServiceSays() throws IOException {
        JsonNode said = api.document();
        if (Boolean.getBoolean("openapi.write")) {
            Files.writeString(FILE, json.writerWithDefaultPrettyPrinter().writeValueAsString(said) + "\n");
        }

        assertThat(differences("", json.readTree(Files.readString(FILE)), said))
                .as("%s; ./mvnw test -Dtest=OpenApiFileTests -Dopenapi.write=true renews it", FILE)
                .isEmpty();
    }

    /** Paths of differences, outermost first. */
    private static List<String> differences(String place, JsonNode one, JsonNode other) {
        if (!one.isObject() || !other.isObject()) {
            return one.equals(other) ? List.of() : List.of("%s: %s, %s".formatted(place, one, other));
        }
        Set<String> fields = new TreeSet<>(one.propertyNames());
        fields.addAll(other.propertyNames());
        return fields.stream()
                .flatMap(it -> differences(place + "/" + it, one.path(it), other.path(it)).stream())
                .toList();
    }
}
