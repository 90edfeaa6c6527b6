package dev.likeness.app.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.likeness.app.LikenessApplication;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.mock.env.MockEnvironment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The chart sets what the service knows, in the form that it takes. */
class ChartSettingsTests {

    /** Of the JVM, and of Likeness without a record. */
    private static final Set<String> OTHERS = Set.of("java.tool.options", "likeness.role");

    private static final List<Class<?>> RECORDS = records();

    private static final Set<Pattern> KNOWN = Stream.of(
                    RECORDS.stream().flatMap(it -> names(prefix(it), it)), ofSpringBoot(), OTHERS.stream())
            .flatMap(it -> it)
            .map(Pattern::compile)
            .collect(Collectors.toSet());

    /** The names of environment variables, which have neither dots nor hyphens. */
    private static final Set<String> VARIABLES = KNOWN.stream()
            .map(it -> it.pattern().replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT))
            .collect(Collectors.toSet());

    @Test
    void setsOnlyPropertiesThatTheServiceKnows() {
        for (String example : Chart.examples()) {
            assertThat(properties(Chart.render(example)).keySet())
                    .as(example)
                    .isNotEmpty()
                    .allMatch(name ->
                            KNOWN.stream().anyMatch(it -> it.matcher(name).matches()));
        }
    }

    @Test
    void setsOnlyVariablesThatTheServiceKnows() {
        for (String example : Chart.examples()) {
            assertThat(Chart.render(example))
                    .flatExtracting(it -> it.findValues("env"))
                    .flatExtracting(it -> it.findValuesAsString("name"))
                    .as(example)
                    .filteredOn(it -> it.equals(it.toUpperCase(Locale.ROOT)))
                    .isNotEmpty()
                    .isSubsetOf(VARIABLES);
        }
    }

    @Test
    void setsThemToWhatTheServiceUnderstands() {
        for (String example : Chart.examples()) {
            Map<String, Object> properties = properties(new FileSystemResource("src/main/resources/application.yml"));
            properties.putAll(properties(Chart.render(example)));
            Binder binder = new Binder(new MapConfigurationPropertySource(properties));
            for (Class<?> type : RECORDS) {
                assertThatCode(() -> binder.bind(prefix(type), Bindable.of(type)))
                        .as("%s of %s", prefix(type), example)
                        .doesNotThrowAnyException();
            }
        }
    }

    private static Map<String, Object> properties(List<JsonNode> release) {
        return properties(new ByteArrayResource(Chart.one(release, "ConfigMap", "rel-likeness")
                .at("/data/application.yml")
                .asString()
                .getBytes(StandardCharsets.UTF_8)));
    }

    private static Map<String, Object> properties(Resource file) {
        YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(file);
        Map<String, Object> properties = new TreeMap<>();
        yaml.getObject().forEach((name, value) -> properties.put(name.toString(), value));
        return properties;
    }

    private static List<Class<?>> records() {
        ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(
                false, new MockEnvironment().withProperty("likeness.artifacts.store", "s3"));
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        return scanner.findCandidateComponents(LikenessApplication.class.getPackageName()).stream()
                .<Class<?>>map(it -> load(it.getBeanClassName()))
                .filter(Class::isRecord)
                .toList();
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String prefix(Class<?> type) {
        return type.getAnnotation(ConfigurationProperties.class).value();
    }

    private static Stream<String> names(String prefix, Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] of = generic.getActualTypeArguments();
            return Map.class.equals(generic.getRawType())
                    ? names(prefix + "(\\.[^.\\[\\]]+|\\[[^\\]]+\\])", of[1])
                    : names(prefix + "(\\[\\d+])?", of[0]);
        }
        Class<?> raw = (Class<?>) type;
        return raw.isRecord()
                ? Stream.of(raw.getRecordComponents()).flatMap(it -> names(name(prefix, it), it.getGenericType()))
                : Stream.of(prefix);
    }

    private static String name(String prefix, RecordComponent component) {
        return prefix + "." + DataObjectPropertyName.toDashedForm(component.getName());
    }

    private static Stream<String> ofSpringBoot() {
        return ClassLoader.getSystemClassLoader()
                .resources("META-INF/spring-configuration-metadata.json")
                .map(ChartSettingsTests::read)
                .map(it -> it.at("/properties").findValuesAsString("name"))
                .flatMap(Collection::stream);
    }

    private static JsonNode read(URL url) {
        try (InputStream in = url.openStream()) {
            return new JsonMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
