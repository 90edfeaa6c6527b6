package dev.likeness.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** Which calls need a key or a token. */
class AuthenticationTests extends AuthenticatedApiTest {

    @Autowired
    RequestMappingHandlerMapping requestMappingHandlerMapping;

    @Autowired
    ManagementServerProperties management;

    @LocalManagementPort
    int managementPort;

    @Test
    void figuresAreOpenAtTheManagementPortAndNowhereElse() throws Exception {
        assertThat(management.getAddress()).matches(InetAddress::isLoopbackAddress);
        URI port = URI.create("http://127.0.0.1:" + managementPort);
        assertThat(status(port.resolve("/actuator/prometheus"))).isEqualTo(200);
        assertThat(status(port.resolve("/actuator/health"))).isEqualTo(200);
        assertThat(status(port.resolve("/v1/jobs"))).isEqualTo(404);
        assertThat(status(URI.create(anonymous.root() + "/actuator/prometheus")))
                .isEqualTo(401);
    }

    private static int status(URI uri) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void everyCallNeedsAKey() {
        assertThat(Endpoint.of(requestMappingHandlerMapping))
                .isNotEmpty()
                .allSatisfy(it -> assertThat(it.call(anonymous, "x").status()).isEqualTo(401));
        assertThat(anonymous.get("/v1/jobs").headers().getFirst(HttpHeaders.WWW_AUTHENTICATE))
                .startsWith("Bearer");
    }

    @Test
    void describesBothWaysToAuthenticate() {
        JsonNode schemes = anonymous.document().at("/components/securitySchemes");

        assertThat(schemes.at("/api_key/in").asString()).isEqualTo("header");
        assertThat(schemes.at("/api_key/name").asString()).isEqualTo("X-API-Key");
        assertThat(schemes.at("/bearer/scheme").asString()).isEqualTo("bearer");
        assertThat(anonymous.document().at("/security")).hasSize(2);
    }
}
