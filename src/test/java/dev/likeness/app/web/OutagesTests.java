package dev.likeness.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.web.problem.Outages;
import jakarta.servlet.RequestDispatcher;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.transaction.CannotCreateTransactionException;

class OutagesTests {

    private static final CannotGetJdbcConnectionException AWAY =
            new CannotGetJdbcConnectionException("no connection", new SQLTransientConnectionException("refused"));

    private final ProblemHandler handler = new ProblemHandler();

    @Test
    void areToldFromFailuresThatStay() {
        assertThat(Outages.isOne(AWAY)).isTrue();
        assertThat(Outages.isOne(new CannotCreateTransactionException("away"))).isTrue();
        assertThat(Outages.isOne(new QueryTimeoutException("slow"))).isTrue();
        assertThat(Outages.isOne(new IllegalStateException(AWAY))).isTrue();
        assertThat(Outages.isOne(new IllegalStateException(new SQLException("terminating connection", "57P01"))))
                .isTrue();
        assertThat(Outages.isOne(new AuthenticationServiceException("no keys"))).isTrue();
        assertThat(Outages.isOne(new DataIntegrityViolationException("twice"))).isFalse();
        assertThat(Outages.isOne(new IllegalStateException("broken"))).isFalse();
    }

    @Test
    void sayWhenToTryAgain() {
        assertOutage(handler.handle(AWAY));
        assertThat(Objects.requireNonNull(handler.handle(new IllegalStateException("broken")))
                        .getStatusCode()
                        .value())
                .isEqualTo(500);
    }

    @Test
    void areOutagesAlsoBeforeAController() {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setAttribute(RequestDispatcher.ERROR_STATUS_CODE, 500);
        request.setAttribute(RequestDispatcher.ERROR_EXCEPTION, AWAY);

        assertOutage(new ErrorFallbackController().error(request, new MockHttpServletResponse()));
    }

    private static void assertOutage(@Nullable ResponseEntity<ProblemDetail> answer) {
        ResponseEntity<ProblemDetail> outage = Objects.requireNonNull(answer);
        assertThat(outage.getStatusCode().value()).isEqualTo(503);
        assertThat(outage.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("5");
        assertThat(Objects.requireNonNull(outage.getBody()).getProperties()).containsEntry("code", "unavailable");
    }
}
