package dev.likeness.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.RequestDispatcher;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class ErrorFallbackControllerTests {

    private final ErrorFallbackController controller = new ErrorFallbackController();
    private final MockHttpServletRequest request = new MockHttpServletRequest();
    private final MockHttpServletResponse response = new MockHttpServletResponse();

    @Test
    void answersWithAProblem() {
        request.setAttribute(RequestDispatcher.ERROR_STATUS_CODE, 500);

        assertThat(controller.error(request, response))
                .isNotNull()
                .extracting(answer -> answer.getStatusCode())
                .isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
    }

    @Test
    void addsNothingToAnAnswerThatHasBegun() {
        request.setAttribute(RequestDispatcher.ERROR_STATUS_CODE, 500);
        response.setCommitted(true);

        assertThat(controller.error(request, response)).isNull();
    }
}
