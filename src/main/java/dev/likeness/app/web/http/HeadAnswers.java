package dev.likeness.app.web.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourceRegion;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.ResourceHttpMessageConverter;
import org.springframework.http.converter.ResourceRegionHttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/**
 * Answers HEAD for a file without reading it, because it may be large or remote. Ranges apply only to GET (RFC 9110,
 * 14.2).
 */
@ControllerAdvice
class HeadAnswers implements ResponseBodyAdvice<Object> {

    private static final Set<Class<?>> OF_FILES =
            Set.of(ResourceHttpMessageConverter.class, ResourceRegionHttpMessageConverter.class);

    @Override
    public boolean supports(MethodParameter returnType, Class<? extends HttpMessageConverter<?>> converterType) {
        return OF_FILES.contains(converterType);
    }

    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter returnType,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> converterType,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        if (body == null || !request.getMethod().equals(HttpMethod.HEAD)) {
            return body;
        }
        try {
            response.setStatusCode(HttpStatus.OK);
            response.getHeaders().setContentType(type);
            response.getHeaders().setContentLength(file(body).contentLength());
            response.getHeaders().set(HttpHeaders.ACCEPT_RANGES, "bytes");
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param body a file, or parts of it */
    private static Resource file(Object body) {
        return body instanceof List<?> regions && regions.get(0) instanceof ResourceRegion region
                ? region.getResource()
                : (Resource) body;
    }
}
