package dev.likeness.app.web;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;

/** An issuer of OpenID Connect tokens: it signs them, publishes its keys, and signs people in. */
public record TokenIssuer(HttpServer server, RSAKey key) {

    static final String AUDIENCE = "likeness-tests";

    /** The issuer that the server of {@link AuthenticatedApiTest} trusts. It serves until the JVM ends. */
    public static final TokenIssuer TESTS = start();

    /** How {@link #TESTS} signs people in. */
    public static final CodeFlow FLOW = new CodeFlow(TESTS);

    private static TokenIssuer start() {
        try {
            RSAKey key = new RSAKeyGenerator(2048).keyID("tests").generate();
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            byte[] keys = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
            server.createContext("/keys", exchange -> {
                exchange.sendResponseHeaders(200, keys.length);
                exchange.getResponseBody().write(keys);
                exchange.close();
            });
            // The server's own thread inherits this, and the JVM can end.
            Thread starter = new Thread(server::start);
            starter.setDaemon(true);
            starter.start();
            return new TokenIssuer(server, key);
        } catch (IOException | JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    JWTClaimsSet claims(String subject, String scope) {
        return new JWTClaimsSet.Builder()
                .issuer(url())
                .audience(AUDIENCE)
                .subject(subject)
                .claim("scope", scope)
                .expirationTime(Date.from(Instant.now().plusSeconds(600)))
                .build();
    }

    String token(String subject, String scope) {
        return sign(claims(subject, scope));
    }

    String sign(JWTClaimsSet claims) {
        return sign(claims, key);
    }

    static String sign(JWTClaimsSet claims, RSAKey key) {
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(key.getKeyID())
                            .build(),
                    claims);
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
