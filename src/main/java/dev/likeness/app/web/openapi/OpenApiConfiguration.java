package dev.likeness.app.web.openapi;

import com.fasterxml.jackson.databind.type.TypeFactory;
import dev.likeness.app.spec.DecidingMetric;
import dev.likeness.app.spec.MethodName;
import dev.likeness.app.spec.TrainingCaptions;
import dev.likeness.app.web.idempotency.IdempotencyFilter;
import dev.likeness.app.web.idempotency.Idempotent;
import dev.likeness.app.web.problem.ProblemType;
import dev.likeness.app.web.problem.ProblemView;
import dev.likeness.app.web.problem.Problems;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.lang.annotation.Annotation;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.customizers.ParameterCustomizer;
import org.springdoc.core.customizers.PropertyCustomizer;
import org.springdoc.core.customizers.ServerBaseUrlCustomizer;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AnnotatedElementUtils;

/** The parts of the OpenAPI document that apply to all operations. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class OpenApiConfiguration {

    /** Problems of all operations. */
    private static final List<ProblemType> ANYWHERE = List.of(
            ProblemType.UNAUTHENTICATED,
            ProblemType.FORBIDDEN,
            ProblemType.FOREIGN_PAGE,
            ProblemType.NOT_ACCEPTABLE,
            ProblemType.TOO_LARGE,
            ProblemType.RATE_LIMITED,
            ProblemType.UNAVAILABLE,
            ProblemType.INTERNAL);

    /** Problems of all operations with an idempotency key. */
    private static final List<ProblemType> OF_KEYS = List.of(
            ProblemType.INVALID_REQUEST,
            ProblemType.TOO_LARGE,
            ProblemType.IDEMPOTENCY_KEY_IN_USE,
            ProblemType.IDEMPOTENCY_KEY_REUSED);

    private static final String API_KEY = "api_key";
    private static final String TOKEN = "bearer";

    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
                .components(new Components()
                        .addSecuritySchemes(
                                API_KEY,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.APIKEY)
                                        .in(SecurityScheme.In.HEADER)
                                        .name("X-API-Key"))
                        .addSecuritySchemes(
                                TOKEN,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")))
                .addSecurityItem(new SecurityRequirement().addList(API_KEY))
                .addSecurityItem(new SecurityRequirement().addList(TOKEN))
                .info(new Info()
                        .title("Likeness")
                        .version("v1")
                        .license(new License().name("Apache-2.0").url("https://www.apache.org/licenses/LICENSE-2.0")));
    }

    /** The document's model reader uses Jackson 2, which does not know the naming strategy of Jackson 3. */
    @Bean
    ModelResolver snakeCaseModelResolver(ObjectMapperProvider mappers) {
        return new ModelResolver(mappers.jsonMapper()
                .copy()
                .setPropertyNamingStrategy(com.fasterxml.jackson.databind.PropertyNamingStrategies.SNAKE_CASE));
    }

    /** Adds names that an annotation could only duplicate. */
    @Bean
    PropertyCustomizer namesOfTheEngine() {
        return (property, type) -> {
            Annotation[] annotations = type.getCtxAnnotations();
            if (annotations != null && Arrays.stream(annotations).anyMatch(MethodName.class::isInstance)) {
                MethodName.NAMES.forEach(property::addEnumItemObject);
            }
            if (annotations != null && Arrays.stream(annotations).anyMatch(DecidingMetric.class::isInstance)) {
                DecidingMetric.NAMES.forEach(property::addEnumItemObject);
            }
            // A recipe may be that of another release, with a sampler of its own. Unwrapped objects have no schema.
            if (property != null
                    && type.getParent() != null
                    && Set.of("SamplingSettings", "PromptEncoding")
                            .contains(type.getParent().getName())) {
                property.setEnum(null);
            }
            return property;
        };
    }

    /** The same for parameters. */
    @Bean
    ParameterCustomizer namesOfMethods() {
        return (parameter, place) -> {
            if (place.getParameter().getAnnotatedType().isAnnotationPresent(MethodName.class)) {
                // All parameters that are text share one schema.
                parameter.setSchema(new StringSchema()._enum(MethodName.NAMES));
            }
            return parameter;
        };
    }

    /** In JSON it is a list, but the model reader would show a record. */
    @Bean
    ModelConverter trainingCaptions() {
        return (type, context, chain) -> {
            if (TypeFactory.defaultInstance().constructType(type.getType()).hasRawClass(TrainingCaptions.class)) {
                return trainingCaptionsSchema();
            }
            return chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        };
    }

    private static Schema<?> trainingCaptionsSchema() {
        StringSchema caption = new StringSchema();
        caption.setMaxLength(1000);
        ArraySchema schema = new ArraySchema();
        schema.setItems(caption);
        return schema;
    }

    /** Relative to the document's URL, so that it is valid for every reader. */
    @Bean
    ServerBaseUrlCustomizer relativeServer() {
        return (url, request) -> {
            String path = URI.create(url).getPath();
            return path.isEmpty() ? "/" : path;
        };
    }

    /** Order matters: later steps name the schemas that earlier ones add, and texts are found by these names. */
    @Bean
    OpenApiCustomizer document() {
        List<OpenApiCustomizer> steps = List.of(
                OpenApiConfiguration::addProblems,
                new MetricSchemas(),
                new NamedSchemas(),
                new DocumentOrder(),
                new TextCustomizer(Texts.read()),
                MetricSchemas::describe);
        return api -> steps.forEach(it -> it.customise(api));
    }

    private static void addProblems(OpenAPI api) {
        ModelConverters.getInstance()
                .readAll(ProblemView.class)
                .forEach((name, schema) -> api.getComponents().addSchemas(name, schema));
    }

    @Bean
    OperationCustomizer problemResponses() {
        return (operation, method) -> {
            List<ProblemType> types = new ArrayList<>(ANYWHERE);
            AnnotatedElementUtils.findAllMergedAnnotations(method.getMethod(), Problems.class)
                    .forEach(it -> types.addAll(Arrays.asList(it.value())));
            if (method.hasMethodAnnotation(Idempotent.class)) {
                types.addAll(OF_KEYS);
            }
            Map<Integer, List<ProblemType>> byStatus = types.stream()
                    .distinct()
                    .sorted()
                    .collect(Collectors.groupingBy(it -> it.status().value(), TreeMap::new, Collectors.toList()));
            byStatus.forEach((status, of) -> describe(operation, status, of));
            return operation;
        };
    }

    @Bean
    OperationCustomizer idempotencyKeyParameters() {
        return (operation, method) -> {
            // Methods for two media types are one operation.
            boolean there = operation.getParameters() != null
                    && operation.getParameters().stream().anyMatch(it -> IdempotencyFilter.HEADER.equals(it.getName()));
            if (method.hasMethodAnnotation(Idempotent.class) && !there) {
                operation.addParametersItem(new HeaderParameter()
                        .name(IdempotencyFilter.HEADER)
                        .schema(new StringSchema().minLength(1).maxLength(255)));
            }
            return operation;
        };
    }

    private static void describe(Operation operation, int status, List<ProblemType> types) {
        String description = types.stream()
                .map(it -> "%s (%s).".formatted(it.title(), it.code()))
                .collect(Collectors.joining(" "));
        MediaType problem = new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem"));
        operation
                .getResponses()
                .addApiResponse(
                        Integer.toString(status),
                        new ApiResponse()
                                .description(description)
                                .content(new Content()
                                        .addMediaType(
                                                org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                                                problem)));
    }
}
