package dev.likeness.app.web.http;

import dev.likeness.app.security.Owners;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.AsyncHandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Adds the caller and the job to all log messages of a request. */
@Configuration(proxyBeanMethods = false)
class LogContext implements WebMvcConfigurer, AsyncHandlerInterceptor {

    private static final String OWNER = "owner";

    private static final String JOB = "job_id";

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        MDC.put(OWNER, Owners.present());
        if (String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE))
                        .startsWith(Paths.JOB)
                && request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> path) {
            MDC.put(JOB, String.valueOf(path.get("id")));
        }
        return true;
    }

    /** Another thread continues. */
    @Override
    public void afterConcurrentHandlingStarted(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        clear();
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        clear();
    }

    private static void clear() {
        List.of(OWNER, JOB).forEach(MDC::remove);
    }
}
