package dev.likeness.app.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.likeness.app.ApiTest;
import dev.likeness.app.MovableClock;
import dev.likeness.app.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.web.util.UriComponents;
import org.springframework.web.util.UriComponentsBuilder;

@ApiTest
class SignedLinksTests {

    private static final String IMAGE = "/v1/images/0199f3a2-77aa-7c01-9d2e-2f6b8c9d0e1f";
    private static final Duration VALIDITY = Duration.ofHours(24);

    private final MovableClock clock = new MovableClock();

    @Autowired
    TestDatabase database;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    private SignedLinks links;
    private SignedLinks ofAnotherProcess;

    @BeforeEach
    void open() {
        database.clear("link_key");
        clock.moveTo(Instant.parse("2026-01-31T12:00:00Z"));
        links = process();
        ofAnotherProcess = process();
    }

    @Test
    void stayTheSameForAWhile() {
        UriComponents noon = link();
        clock.pass(Duration.ofHours(11));

        assertThat(link()).isEqualTo(noon);
        clock.pass(Duration.ofHours(2));
        assertThat(link()).isNotEqualTo(noon);
    }

    @Test
    void holdForAtLeastTheirValidityAndAtMostTwiceThat() {
        UriComponents link = link();

        clock.pass(VALIDITY);
        assertThatNoException().isThrownBy(() -> ofAnotherProcess.verify(request(link)));
        clock.pass(VALIDITY);
        assertThatExceptionOfType(InvalidLinkException.class)
                .isThrownBy(() -> ofAnotherProcess.verify(request(link)))
                .withMessageContaining("has expired");
    }

    @Test
    void getANewKeyOnceTheirsIsOldAndHoldUntilTheirEnd() {
        UriComponents first = link();
        clock.pass(Duration.ofDays(30).minusHours(1));
        UriComponents last = link();
        clock.pass(Duration.ofHours(2));
        UriComponents next = link();

        assertThat(last.getQueryParams().get("key"))
                .isEqualTo(first.getQueryParams().get("key"));
        assertThat(next.getQueryParams().get("key"))
                .isNotEqualTo(last.getQueryParams().get("key"));
        assertThatNoException().isThrownBy(() -> ofAnotherProcess.verify(request(last)));
        assertThatNoException().isThrownBy(() -> ofAnotherProcess.verify(request(next)));
    }

    @Test
    void forgetKeysThatHaveNoLinksLeft() {
        link();
        links.rotate();
        clock.pass(VALIDITY.multipliedBy(2).plusMinutes(2));

        links.rotate();

        // The present one, and the one that has just been retired.
        assertThat(database.rows("link_key")).isEqualTo(2);
    }

    @Test
    void ofSeveralProcessesAreSignedWithOneKey() {
        assertThat(link(ofAnotherProcess)).isEqualTo(link());
        assertThat(database.rows("link_key")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"&download=1", "&expires=1", "&key=other", "&signature=", "&x"})
    void holdAsTheyAreOnly(String more) {
        UriComponents link = link();
        MockHttpServletRequest request = request(link);
        request.setQueryString(link.getQuery() + more);

        assertThatExceptionOfType(InvalidLinkException.class).isThrownBy(() -> links.verify(request));
    }

    private SignedLinks process() {
        SecuritySettings settings = TestSettings.required();
        return new SignedLinks(new LinkKeys(jdbc, transactions, settings, clock), settings, clock);
    }

    private UriComponents link() {
        return link(links);
    }

    private static UriComponents link(SignedLinks links) {
        UriComponentsBuilder link = UriComponentsBuilder.fromUriString("https://likeness.example.com" + IMAGE);
        links.sign(link, IMAGE);
        return link.build();
    }

    private static MockHttpServletRequest request(UriComponents link) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", IMAGE);
        request.setQueryString(link.getQuery());
        return request;
    }
}
