package dev.likeness.app.security;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.cfg.MultiTenancySettings;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.context.support.WebApplicationContextUtils;

/** The access rules of all endpoints. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    /** Endpoints without data of owners. */
    private static final String[] PUBLIC = {
        "/error",
        "/actuator/health/**",
        "/v3/api-docs/**",
        "/swagger-ui/**",
        "/swagger-ui.html",
        "/",
        "/assets/*",
        "/studio/settings.json"
    };

    private static final String[] ADMINISTRATION = {
        "/v1/api-keys/**", "/v1/webhooks/secret/**", "/v1/links/**", "/actuator/**"
    };

    /** Endpoints that browsers load from pages, by signed links. */
    private static final List<String> LINKED = List.of(
            "/v1/images/*",
            "/v1/artifacts/*",
            "/v1/subjects/*/pictures/*",
            "/v1/subjects/*/pictures/*/thumbnail",
            "/v1/class-sets/*/images/*",
            "/v1/class-sets/*/images/*/thumbnail",
            "/v1/subjects/*/pictures/*/mask",
            "/v1/jobs/*/pictures/*");

    /** Restricts every query of an entity with an owner to the current owner. */
    @Bean
    HibernatePropertiesCustomizer owners() {
        return properties -> properties.put(MultiTenancySettings.MULTI_TENANT_IDENTIFIER_RESOLVER, new PresentOwner());
    }

    @Bean
    @ConditionalOnWebApplication
    SecurityFilterChain securityFilterChain(
            HttpSecurity http,
            SecuritySettings settings,
            ApiKeys keys,
            SignedLinks links,
            AuthenticationEntryPoint refusal,
            AccessDeniedHandler denial,
            ObjectProvider<JwtDecoder> tokens) {
        http.csrf(AbstractHttpConfigurer::disable)
                .cors(AbstractHttpConfigurer::disable)
                .headers(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(it -> it.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .exceptionHandling(it -> it.authenticationEntryPoint(refusal).accessDeniedHandler(denial));
        if (!settings.isRequired()) {
            return http.authorizeHttpRequests(it -> it.anyRequest().permitAll()).build();
        }
        http.anonymous(it -> it.principal(Owners.NOBODY))
                .addFilterBefore(new ApiKeyFilter(keys, refusal), AnonymousAuthenticationFilter.class)
                .addFilterBefore(new SignedLinkFilter(links, linked(), refusal), AnonymousAuthenticationFilter.class)
                .authorizeHttpRequests(SecurityConfiguration::authorize);
        tokens.ifAvailable(decoder -> http.oauth2ResourceServer(it -> it.bearerTokenResolver(tokenResolver())
                .authenticationEntryPoint(refusal)
                .accessDeniedHandler(denial)
                .jwt(jwt -> jwt.decoder(decoder)
                        .jwtAuthenticationConverter(token -> caller(token, settings.scopePrefix())))));
        return http.build();
    }

    private static void authorize(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests) {
        requests.dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                .permitAll()
                .requestMatchers(PUBLIC)
                .permitAll()
                .requestMatchers(SecurityConfiguration::isAtManagementPort)
                .permitAll()
                .requestMatchers(ADMINISTRATION)
                .hasAuthority(Scope.ADMIN.wire())
                .requestMatchers(HttpMethod.GET, "/v1/**")
                .hasAuthority(Scope.READ.wire())
                .requestMatchers(HttpMethod.HEAD, "/v1/**")
                .hasAuthority(Scope.READ.wire())
                .requestMatchers("/v1/**")
                .hasAuthority(Scope.WRITE.wire())
                .anyRequest()
                .authenticated();
    }

    /** The management port serves metrics and health only, in the operator's network. */
    private static boolean isAtManagementPort(HttpServletRequest request) {
        return WebServerApplicationContext.hasServerNamespace(
                WebApplicationContextUtils.getWebApplicationContext(request.getServletContext()), "management");
    }

    private static RequestMatcher linked() {
        PathPatternRequestMatcher.Builder paths = PathPatternRequestMatcher.withDefaults();
        return new OrRequestMatcher(Stream.of(HttpMethod.GET, HttpMethod.HEAD)
                .flatMap(method -> LINKED.stream().map(path -> (RequestMatcher) paths.matcher(method, path)))
                .toList());
    }

    private static BearerTokenResolver tokenResolver() {
        return request -> ApiKeyFilter.bearer(request)
                .filter(it -> !ApiKeyFilter.isKey(it))
                .orElse(null);
    }

    /** A prefix separates an issuer's subjects from the owners of keys with equal names. */
    private static AbstractAuthenticationToken caller(Jwt token, String scopePrefix) {
        String subject = token.getSubject();
        if (subject == null || subject.isBlank()) {
            throw new InvalidBearerTokenException("The token has no subject.");
        }
        return new Caller(
                "oidc|" + subject,
                scopes(token)
                        .filter(it -> it.startsWith(scopePrefix))
                        .map(it -> Scope.of(it.substring(scopePrefix.length())))
                        .flatMap(Optional::stream)
                        .collect(Collectors.toSet()),
                new Credential(null, token.getExpiresAt()));
    }

    /** One text, as in RFC 8693, or a list, as some issuers send. */
    private static Stream<String> scopes(Jwt token) {
        Object claim = Objects.requireNonNullElse(
                token.getClaims().get("scope"), token.getClaims().getOrDefault("scp", ""));
        return claim instanceof Collection<?> list
                ? list.stream().map(String::valueOf)
                : Stream.of(String.valueOf(claim).split(" "));
    }
}
