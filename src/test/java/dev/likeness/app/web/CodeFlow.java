package dev.likeness.app.web;

import com.nimbusds.jwt.JWTClaimsSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * Authorization code flow with PKCE (RFC 7636) of an issuer that knows one person, who agrees to everything at once. Codes
 * and refresh tokens work once.
 */
public final class CodeFlow {

    static final String PERSON = "alice";

    private final TokenIssuer issuer;

    /** Parameters of the requests whose codes have not been exchanged. */
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();

    /** Scopes of the refresh tokens that are valid. */
    private final Map<String, String> refreshTokens = new ConcurrentHashMap<>();

    private final List<String> grants = new CopyOnWriteArrayList<>();
    private volatile boolean denies;
    private volatile boolean refreshes;
    private volatile boolean severs;

    CodeFlow(TokenIssuer issuer) {
        this.issuer = issuer;
        reset();
        String root = issuer.url();
        on(
                "/.well-known/openid-configuration",
                parameters -> new Reply(
                        200,
                        Map.of(
                                "issuer",
                                root,
                                "authorization_endpoint",
                                root + "/authorize",
                                "token_endpoint",
                                root + "/token",
                                "revocation_endpoint",
                                root + "/revoke",
                                "jwks_uri",
                                root + "/keys",
                                "response_types_supported",
                                List.of("code"),
                                "subject_types_supported",
                                List.of("public"),
                                "id_token_signing_alg_values_supported",
                                List.of("RS256"),
                                "code_challenge_methods_supported",
                                List.of("S256"))));
        on("/token", this::token);
        on("/revoke", parameters -> {
            refreshTokens.remove(parameters.get("token"));
            return new Reply(200, Map.of());
        });
        issuer.server().createContext("/authorize", this::authorize);
    }

    /** The person agrees, and tokens can be refreshed. */
    public void reset() {
        denies = false;
        refreshes = true;
        severs = false;
        codes.clear();
        refreshTokens.clear();
        grants.clear();
    }

    /** From now on, the person refuses to sign in. */
    public void deny() {
        denies = true;
    }

    /** From now on, there are no refresh tokens, and those that there are stop working. */
    public void stopRefreshing() {
        refreshes = false;
        refreshTokens.clear();
    }

    /** From now on, the issuer asks with a page that has no tie to the window that has opened it. */
    public void sever() {
        severs = true;
    }

    /** The kinds of grants for which tokens were given, in order. */
    public List<String> grants() {
        return grants;
    }

    /** How many refresh tokens are valid. */
    public int valid() {
        return refreshTokens.size();
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> request = parameters(exchange.getRequestURI().getRawQuery());
        String answer;
        if (denies) {
            answer = "error=access_denied&error_description=" + encoded("Alice did not agree.");
        } else {
            String code = UUID.randomUUID().toString();
            codes.put(code, request);
            answer = "code=" + code;
        }
        String location = "%s?%s&state=%s"
                .formatted(request.get("redirect_uri"), answer, encoded(request.getOrDefault("state", "")));
        if (severs) {
            ask(exchange, location);
        } else {
            exchange.getResponseHeaders().set("Location", location);
            exchange.sendResponseHeaders(302, -1);
        }
        exchange.close();
    }

    private static void ask(HttpExchange exchange, String location) throws IOException {
        exchange.getResponseHeaders().set("Cross-Origin-Opener-Policy", "same-origin");
        exchange.getResponseHeaders().set("Content-Type", "text/html");
        byte[] page = "<title>Issuer</title><a href=\"%s\">Agree</a>"
                .formatted(location.replace("&", "&amp;"))
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, page.length);
        exchange.getResponseBody().write(page);
    }

    private Reply token(Map<String, String> request) {
        String kind = request.getOrDefault("grant_type", "");
        String scope = switch (kind) {
            case "authorization_code" -> {
                Map<String, String> asked = codes.remove(request.getOrDefault("code", ""));
                yield asked != null
                                && Objects.equals(asked.get("redirect_uri"), request.get("redirect_uri"))
                                && Objects.equals(asked.get("client_id"), request.get("client_id"))
                                && "S256".equals(asked.get("code_challenge_method"))
                                && challenge(request.getOrDefault("code_verifier", ""))
                                        .equals(asked.get("code_challenge"))
                        ? asked.get("scope")
                        : null;
            }
            case "refresh_token" -> refreshTokens.remove(request.getOrDefault("refresh_token", ""));
            default -> null;
        };
        if (scope == null) {
            return new Reply(400, Map.of("error", "invalid_grant"));
        }
        grants.add(kind);
        Map<String, Object> tokens = new ConcurrentHashMap<>(Map.of(
                "access_token",
                issuer.token(PERSON, scope),
                "token_type",
                "Bearer",
                "expires_in",
                600,
                "id_token",
                issuer.sign(idToken(request.getOrDefault("client_id", "")))));
        if (refreshes) {
            String token = UUID.randomUUID().toString();
            refreshTokens.put(token, scope);
            tokens.put("refresh_token", token);
        }
        return new Reply(200, tokens);
    }

    private JWTClaimsSet idToken(String client) {
        return new JWTClaimsSet.Builder(issuer.claims(PERSON, "openid"))
                .audience(client)
                .issueTime(Date.from(Instant.now()))
                .build();
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An endpoint that pages of other sites may call. */
    private void on(String path, Endpoint endpoint) {
        HttpHandler handler = exchange -> {
            Reply reply = endpoint.answer(
                    parameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII)));
            byte[] body = JsonMapper.shared().writeValueAsBytes(reply.body());
            exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(reply.status(), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        };
        issuer.server().createContext(path, handler);
    }

    private static Map<String, String> parameters(String encoded) {
        return Arrays.stream(encoded.split("&"))
                .map(it -> it.split("=", 2))
                .filter(it -> it.length == 2)
                .collect(Collectors.toMap(it -> it[0], it -> URLDecoder.decode(it[1], StandardCharsets.UTF_8)));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private record Reply(int status, Map<String, Object> body) {}

    @FunctionalInterface
    private interface Endpoint {
        Reply answer(Map<String, String> parameters);
    }
}
