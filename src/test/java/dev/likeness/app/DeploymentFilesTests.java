package dev.likeness.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checks the variables of the image and the compose file, because a misspelled variable is ignored silently. */
class DeploymentFilesTests {

    private static final Path COMPOSE = Path.of("docker-compose.yml");

    private static final Pattern VARIABLE =
            Pattern.compile("\\b((?:LIKENESS|SPRING|SERVER|MANAGEMENT)_[A-Z0-9_]+)(?:=|: )");

    private static final Pattern SECRET = Pattern.compile("\\$\\{\\w*(?:PASSWORD|SECRET|KEY)\\w*([^}]*)}");

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile", "docker-compose.yml"})
    void setPropertiesThatThereAre(Path file) throws IOException {
        assertThat(found(VARIABLE, file)).isNotEmpty().isSubsetOf(variables());
    }

    @Test
    void nothingStartsWithAWellKnownPassword() throws IOException {
        assertThat(found(SECRET, COMPOSE)).isNotEmpty().allMatch(rest -> rest.startsWith(":?"));
    }

    @Test
    void theChartIsOfTheSameVersion() throws IOException {
        String version = found(
                        Pattern.compile("<artifactId>likeness</artifactId>\\s*<version>(.*)</version>"),
                        Path.of("pom.xml"))
                .findFirst()
                .orElseThrow();

        assertThat(found(
                        Pattern.compile("(?m)^(?:version|appVersion): \"?([^\"\n]*)\"?$"),
                        Path.of("helm/likeness/Chart.yaml")))
                .containsExactly(version, version);
    }

    private static Stream<String> found(Pattern pattern, Path file) throws IOException {
        return pattern.matcher(Files.readString(file)).results().map(it -> it.group(1));
    }

    /** All properties, by their environment variables. */
    private static Set<String> variables() throws IOException {
        Set<String> properties = new TreeSet<>();
        ClassLoader loader = DeploymentFilesTests.class.getClassLoader();
        for (URL metadata : Collections.list(loader.getResources("META-INF/spring-configuration-metadata.json"))) {
            try (InputStream json = metadata.openStream()) {
                for (JsonNode property : new JsonMapper().readTree(json).path("properties")) {
                    properties.add(property.path("name").stringValue());
                }
            }
        }
        new YamlPropertySourceLoader()
                .load("defaults", new ClassPathResource("application.yml"))
                .forEach(source ->
                        properties.addAll(Arrays.asList(((EnumerablePropertySource<?>) source).getPropertyNames())));
        ClassPathScanningCandidateComponentProvider scan = new ClassPathScanningCandidateComponentProvider(false);
        scan.setEnvironment(new MockEnvironment().withProperty("likeness.artifacts.store", "s3"));
        scan.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        scan.findCandidateComponents(DeploymentFilesTests.class.getPackageName())
                .forEach(found -> addSettings(
                        ClassUtils.resolveClassName(Objects.requireNonNull(found.getBeanClassName()), loader),
                        properties));
        Set<String> variables = new TreeSet<>();
        properties.forEach(
                name -> variables.add(name.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT)));
        return variables;
    }

    private static void addSettings(Class<?> settings, Set<String> properties) {
        addComponents(settings.getAnnotation(ConfigurationProperties.class).value(), settings, properties);
    }

    private static void addComponents(String prefix, Class<?> settings, Set<String> properties) {
        for (RecordComponent component : settings.getRecordComponents()) {
            String name = prefix + "." + component.getName();
            if (component.getType().isRecord()) {
                addComponents(name, component.getType(), properties);
            }
            properties.add(name);
        }
    }
}
