package dev.likeness.app.web.idempotency;

import dev.likeness.app.web.http.FilterOrder;
import dev.likeness.app.web.http.Forms;
import dev.likeness.app.web.http.ReadRequest;
import dev.likeness.app.web.idempotency.IdempotencyKeys.Claim;
import dev.likeness.app.web.idempotency.IdempotencyKeys.Key;
import dev.likeness.app.web.problem.FieldProblem;
import dev.likeness.app.web.problem.ProblemDetails;
import dev.likeness.app.web.problem.ProblemTexts;
import dev.likeness.app.web.problem.ProblemType;
import dev.likeness.app.web.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Answers a repeated request with the same {@code Idempotency-Key} like the first one. Only successful answers are
 * stored. After a refusal or a failure the client may send the same or another request.
 */
@Component
@ConditionalOnWebApplication
@Order(FilterOrder.IDEMPOTENCY)
public class IdempotencyFilter extends OncePerRequestFilter {

    public static final String HEADER = "Idempotency-Key";

    private static final Logger log = LoggerFactory.getLogger(IdempotencyFilter.class);

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");
    private static final String CALL = IdempotencyFilter.class.getName() + ".CALL";
    private static final String RETRY_SECONDS = "1";

    private final IdempotencyKeys keys;
    private final IdempotentEndpoints calls;
    private final ProblemWriter problems;

    IdempotencyFilter(IdempotencyKeys keys, IdempotentEndpoints calls, ProblemWriter problems) {
        this.keys = keys;
        this.calls = calls;
        this.problems = problems;
    }

    /** A delayed answer arrives with the dispatch. */
    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getAttribute(CALL) instanceof Call call) {
            run(call, request, response, chain);
            return;
        }
        String key = request.getHeader(HEADER);
        if (key == null || !calls.isOne(request)) {
            chain.doFilter(request, response);
        } else if (!KEY.matcher(key).matches()) {
            String message = "must be 1 to 255 visible ASCII characters";
            List<FieldProblem> errors = List.of(new FieldProblem(List.of(HEADER), message, "value_error", Map.of()));
            problems.write(request, response, ProblemDetails.invalid(ProblemType.INVALID_REQUEST, errors));
        } else {
            once(new Key(Objects.requireNonNullElse(request.getRemoteUser(), ""), key), request, response, chain);
        }
    }

    private void once(Key key, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String type = Objects.requireNonNullElse(request.getContentType(), "");
        HttpServletRequest readable = request;
        String fingerprint;
        if (Forms.isOne(request)) {
            try {
                fingerprint = Fingerprint.ofForm(request);
            } catch (IOException | ServletException | RuntimeException e) {
                // The handler gets the same exception from the parts, and answers it.
                chain.doFilter(request, response);
                return;
            }
        } else if (type.startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE)) {
            // The request is refused. Unread, its body would become parameters.
            chain.doFilter(request, response);
            return;
        } else {
            // In memory, to be read twice. Larger bodies were refused before.
            byte[] body = request.getInputStream().readAllBytes();
            fingerprint = Fingerprint.of(request, body);
            readable = new ReadRequest(request, body);
        }
        Claim claim = keys.claim(key, fingerprint);
        switch (claim.state()) {
            case HELD -> {
                Call call = new Call(key, claim.holder(), new ContentCachingResponseWrapper(response));
                request.setAttribute(CALL, call);
                run(call, readable, call.response(), chain);
            }
            case ANSWERED -> Objects.requireNonNull(claim.answer()).replay(response);
            case RUNNING -> {
                response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
                problems.write(
                        request,
                        response,
                        ProblemDetails.of(
                                ProblemType.IDEMPOTENCY_KEY_IN_USE, ProblemTexts.detail("idempotency_key_in_use")));
            }
            case OTHER_REQUEST ->
                problems.write(
                        request,
                        response,
                        ProblemDetails.of(
                                ProblemType.IDEMPOTENCY_KEY_REUSED, ProblemTexts.detail("idempotency_key_reused")));
        }
    }

    private void run(Call call, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean returned = false;
        try {
            chain.doFilter(request, response);
            returned = true;
        } finally {
            if (!request.isAsyncStarted()) {
                settle(call, returned);
            }
        }
        if (!request.isAsyncStarted()) {
            call.response().copyBodyToResponse();
        }
    }

    /** Called before anything is sent, because a disconnected client may repeat the request. */
    private void settle(Call call, boolean returned) {
        try {
            if (returned && HttpStatus.valueOf(call.response().getStatus()).is2xxSuccessful()) {
                keys.keep(call.key(), call.holder(), StoredAnswer.of(call.response()));
            } else {
                keys.giveUp(call.key(), call.holder());
            }
        } catch (DataAccessException e) {
            // The resource was created, so the client must receive the answer.
            log.warn("the answer to a request with an idempotency key could not be stored", e);
        }
    }

    /** A request that is being processed. */
    private record Call(Key key, UUID holder, ContentCachingResponseWrapper response) {}
}
