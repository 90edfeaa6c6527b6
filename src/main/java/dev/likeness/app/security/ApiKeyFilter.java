package dev.likeness.app.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.web.filter.OncePerRequestFilter;

/** Authenticates a call by its API key, in {@code Authorization: Bearer} or {@code X-API-Key}. */
class ApiKeyFilter extends OncePerRequestFilter {

    static final String HEADER = "X-API-Key";

    private static final String BEARER = "bearer ";

    private final ApiKeys keys;
    private final AuthenticationEntryPoint refusal;

    ApiKeyFilter(ApiKeys keys, AuthenticationEntryPoint refusal) {
        this.keys = keys;
        this.refusal = refusal;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String text = text(request);
        if (text == null) {
            chain.doFilter(request, response);
            return;
        }
        Optional<ApiKey> key = keys.authenticate(text);
        if (key.isEmpty()) {
            refusal.commence(
                    request,
                    response,
                    new BadCredentialsException("The API key is unknown, expired or revoked; use another."));
            return;
        }
        SecurityContextHolder.getContext()
                .setAuthentication(new Caller(key.get().owner(), key.get().scopes(), Credential.of(key.get())));
        chain.doFilter(request, response);
    }

    private static @Nullable String text(HttpServletRequest request) {
        String own = request.getHeader(HEADER);
        return own == null ? bearer(request).filter(ApiKeyFilter::isKey).orElse(null) : own;
    }

    /** The bearer credential of a call, a key or a token. */
    static Optional<String> bearer(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? Optional.of(header.substring(BEARER.length()).strip())
                : Optional.empty();
    }

    static boolean isKey(String bearer) {
        return bearer.startsWith(KeyText.BEGINNING);
    }
}
