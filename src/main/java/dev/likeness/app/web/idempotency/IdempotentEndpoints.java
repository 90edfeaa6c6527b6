package dev.likeness.app.web.idempotency;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.condition.PathPatternsRequestCondition;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.pattern.PathPattern;

/** Paths of {@link Idempotent} endpoints. A filter needs them, because it runs before the handler is known. */
@Component
@ConditionalOnWebApplication
class IdempotentEndpoints {

    private final SingletonSupplier<List<PathPattern>> patterns;

    /** @param mappings read at the first request, because filters are created before them */
    IdempotentEndpoints(ObjectProvider<RequestMappingHandlerMapping> mappings) {
        this.patterns = SingletonSupplier.of(() -> mappings.stream()
                .flatMap(it -> patterns(it).stream())
                .distinct()
                .toList());
    }

    private static List<PathPattern> patterns(RequestMappingHandlerMapping mapping) {
        return mapping.getHandlerMethods().entrySet().stream()
                .filter(it -> it.getValue().hasMethodAnnotation(Idempotent.class))
                .map(Map.Entry::getKey)
                .map(it -> it.getPathPatternsCondition())
                .filter(Objects::nonNull)
                .map(PathPatternsRequestCondition::getPatterns)
                .flatMap(Collection::stream)
                .toList();
    }

    boolean isOne(HttpServletRequest request) {
        if (!RequestMethod.POST.name().equals(request.getMethod())) {
            return false;
        }
        PathContainer path = PathContainer.parsePath(
                request.getRequestURI().substring(request.getContextPath().length()));
        return patterns.obtain().stream().anyMatch(it -> it.matches(path));
    }
}
