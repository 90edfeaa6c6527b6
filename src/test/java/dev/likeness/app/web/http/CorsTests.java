package dev.likeness.app.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class CorsTests {

    private final CorsConfigurer configurer = new CorsConfigurer();

    @Test
    void areOffUntilOriginsAreNamed() {
        assertThat(configurer.corsFilter(new CorsSettings(List.of())).isEnabled())
                .isFalse();
        assertThat(configurer
                        .corsFilter(new CorsSettings(List.of("https://studio.example.com")))
                        .isEnabled())
                .isTrue();
    }

    @Test
    void letANamedOriginReadTheAnswer() throws Exception {
        MockHttpServletResponse answer = answer("GET", "https://studio.example.com");

        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(answer.getHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN)).isEqualTo("https://studio.example.com");
        assertThat(answer.getHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS)).contains("Location", "Retry-After");
    }

    @Test
    void answerWhatABrowserAsksBefore() throws Exception {
        MockHttpServletResponse answer = answer("OPTIONS", "https://studio.example.com");

        assertThat(answer.getHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS)).contains("POST", "DELETE");
        assertThat(answer.getHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS)).contains("Idempotency-Key");
    }

    @Test
    void refuseAnotherOrigin() throws Exception {
        MockHttpServletResponse answer = answer("GET", "https://evil.example.com");

        assertThat(answer.getStatus()).isEqualTo(403);
        assertThat(answer.getHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN)).isNull();
    }

    private MockHttpServletResponse answer(String method, String origin) throws IOException, ServletException {
        Filter filter = Objects.requireNonNull(configurer
                .corsFilter(new CorsSettings(List.of("https://studio.example.com")))
                .getFilter());
        MockHttpServletRequest request = new MockHttpServletRequest(method, "/v1/jobs");
        request.addHeader(HttpHeaders.ORIGIN, origin);
        if (method.equals("OPTIONS")) {
            request.addHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD, "POST");
            request.addHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS, "Idempotency-Key");
        }
        MockHttpServletResponse response = new MockHttpServletResponse();
        filter.doFilter(request, response, new MockFilterChain());
        return response;
    }
}
