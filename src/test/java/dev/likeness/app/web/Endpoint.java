package dev.likeness.app.web;

import dev.likeness.app.Api;
import dev.likeness.app.Api.Answer;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * An endpoint of the API, as Spring maps it.
 *
 * @param path with variables, such as {@code /v1/jobs/{id}}
 */
public record Endpoint(HttpMethod method, String path) implements Comparable<Endpoint> {

    private static final String API = "/v1/";

    /** All endpoints. */
    public static Set<Endpoint> of(RequestMappingHandlerMapping mappings) {
        return mappings.getHandlerMethods().keySet().stream()
                .flatMap(it -> it.getPatternValues().stream()
                        .filter(path -> path.startsWith(API))
                        .flatMap(path -> it.getMethodsCondition().getMethods().stream()
                                .map(method -> new Endpoint(method.asHttpMethod(), path))))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether its path names a resource. */
    boolean hasVariables() {
        return path.contains("{");
    }

    /** The first part of the path, such as {@code jobs}. */
    String collection() {
        return path.split("/")[2];
    }

    /** Calls it with this id instead of its variables, and with an empty object if it takes a body. */
    Answer call(Api api, @Nullable String id) {
        String uri =
                path.replace("{step}", "200").replace("{position}", "0").replaceAll("\\{[a-z]+}", String.valueOf(id));
        boolean body =
                List.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH).contains(method);
        return api.send(
                method,
                uri,
                it -> it.set(HttpHeaders.ACCEPT, "*/*"),
                body ? "{}" : null,
                body ? MediaType.APPLICATION_JSON : null);
    }

    @Override
    public int compareTo(Endpoint other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
