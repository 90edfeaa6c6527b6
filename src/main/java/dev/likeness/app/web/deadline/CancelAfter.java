package dev.likeness.app.web.deadline;

import dev.likeness.app.refusal.Violation;
import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.task.Deadline;
import dev.likeness.app.web.openapi.Submits;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.AsyncHandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Reads the header {@code Cancel-After} of requests that submit a task, in the format of <a
 * href="https://replicate.com/docs/topics/predictions/lifecycle">Replicate</a>: {@code 90}, {@code 90s}, {@code 5m},
 * {@code 1h30m45s}.
 */
@Configuration(proxyBeanMethods = false)
class CancelAfter implements WebMvcConfigurer, AsyncHandlerInterceptor {

    static final String HEADER = "Cancel-After";

    private static final Pattern FORMAT = Pattern.compile("(?:(\\d{1,7})h)?(?:(\\d{1,7})m)?(?:(\\d{1,7})s?)?");
    private static final Duration SHORTEST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofDays(30);

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    /** @throws InvalidSpecException if the time is invalid */
    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        @Nullable String time = request.getHeader(HEADER);
        if (time != null
                && request.getDispatcherType() == DispatcherType.REQUEST
                && handler instanceof HandlerMethod method
                && method.hasMethodAnnotation(Submits.class)) {
            Deadline.set(parse(time.strip()));
        }
        return true;
    }

    private static Duration parse(String text) {
        Matcher parts = FORMAT.matcher(text);
        if (text.isEmpty() || !parts.matches()) {
            throw refuse("must be a duration such as 90, 90s, 5m or 1h30m", "pattern_mismatch");
        }
        Duration time = Duration.ofHours(number(parts.group(1)))
                .plusMinutes(number(parts.group(2)))
                .plusSeconds(number(parts.group(3)));
        if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0) {
            throw refuse("must be from 5 seconds to 720 hours", "value_error");
        }
        return time;
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static InvalidSpecException refuse(String message, String type) {
        return new InvalidSpecException(List.of(new Violation(List.of(HEADER), message, type)));
    }

    /** Another thread continues. */
    @Override
    public void afterConcurrentHandlingStarted(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        Deadline.clear();
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        Deadline.clear();
    }

    @Bean
    OperationCustomizer cancelAfterParameters() {
        return (operation, method) -> {
            // Methods for two media types are one operation.
            boolean there = operation.getParameters() != null
                    && operation.getParameters().stream().anyMatch(it -> HEADER.equals(it.getName()));
            if (method.hasMethodAnnotation(Submits.class) && !there) {
                operation.addParametersItem(new HeaderParameter().name(HEADER).schema(new StringSchema()));
            }
            return operation;
        };
    }
}
