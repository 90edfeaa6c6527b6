package dev.likeness.app.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api;
import dev.likeness.app.Api.Answer;
import dev.likeness.app.ApiTest;
import dev.likeness.app.TestWorker;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;

/** RFC 9110, 14. */
@ApiTest
class RangeApiTests {

    @Autowired
    Api api;

    @Autowired
    TestWorker worker;

    private String url;
    private String whole;

    @BeforeEach
    void findAFile() {
        UUID job = worker.submit();
        worker.work(job);
        url = api.get("/v1/jobs/%s/images".formatted(job)).at("/results/0/url");
        whole = api.get(url).text();
    }

    @ParameterizedTest
    @CsvSource({"lines=1-2", "items=0-4", "seconds=1-", "bytes", "x"})
    void ignoresAUnitThatIsUnknown(String range) {
        Answer answer = api.get(url, it -> it.set(HttpHeaders.RANGE, range));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo(whole);
    }

    @ParameterizedTest
    @CsvSource({"bytes=-10000", "bytes=-99999999999999999999", "bytes=0-99999999999999999999", "BYTES=0-"})
    void givesTheWholeWhereTheRangeIsLarger(String range) {
        Answer answer = api.get(url, it -> it.set(HttpHeaders.RANGE, range));

        assertThat(answer.status()).isEqualTo(206);
        assertThat(answer.text()).isEqualTo(whole);
        assertThat(answer.headers().getFirst(HttpHeaders.CONTENT_RANGE))
                .isEqualTo("bytes 0-%d/%d".formatted(whole.length() - 1, whole.length()));
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0000000000000000000005-00000000000000000000010, 5, 10",
        "bytes=5-010, 5, 10",
        "bytes=00000000000000000000000-1, 0, 1",
        "bytes=10-0000000000000000000000000000000000000000010, 10, 10"
    })
    void takesNumbersWithLeadingZeros(String range, int from, int to) {
        Answer answer = api.get(url, it -> it.set(HttpHeaders.RANGE, range));

        assertThat(answer.status()).isEqualTo(206);
        assertThat(answer.text()).isEqualTo(whole.substring(from, to + 1));
    }

    @ParameterizedTest
    @CsvSource({"bytes=10000-", "bytes=0000000000000000000000099999999999999999999-", "bytes=99999999999999999999-"})
    void hasNothingBehindTheEnd(String range) {
        Answer answer = api.get(url, it -> it.set(HttpHeaders.RANGE, range));

        assertThat(answer.status()).isEqualTo(416);
    }
}
